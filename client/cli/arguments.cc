#include "client/cli/arguments.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <utility>

#include "certs/reason.h"
#include "client/cli/exit_code.h"

namespace bonafide::client::cli {

struct Arguments::Impl {
  std::shared_ptr<CLI::App> root;
  std::shared_ptr<std::function<int()>> chosen;  // set by the command that was given
  CLI::App* app = nullptr;

  template <typename Value>
  void Add(const std::string& names, Value& value, const std::string& help, Need need) {
    CLI::Option* option = app->add_option(names, value, help);
    if (need == Need::kRequired) option->required();
  }
};

Arguments::Arguments(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Arguments::~Arguments() = default;
Arguments::Arguments(Arguments&&) noexcept = default;

Arguments::Arguments(const std::string& name, const std::string& about, const std::string& version)
    : impl_(std::make_unique<Impl>()) {
  impl_->root = std::make_shared<CLI::App>(about, name);
  impl_->chosen = std::make_shared<std::function<int()>>();
  impl_->app = impl_->root.get();
  impl_->app->set_version_flag("--version", version);
  impl_->app->require_subcommand(1);
  impl_->app->fallthrough();  // options of the program may stand behind a command
  impl_->app->get_formatter()->column_width(34);
}

Arguments Arguments::Command(const std::string& name, const std::string& about) {
  auto impl = std::make_unique<Impl>(*impl_);
  if (impl->app != impl->root.get()) impl->app->require_subcommand(1);
  impl->app = impl_->app->add_subcommand(name, about);
  impl->app->fallthrough();
  return Arguments(std::move(impl));
}

void Arguments::Footer(const std::string& text) { impl_->app->footer(text); }

void Arguments::Option(const std::string& names, std::string& value, const std::string& help,
                       Need need) {
  impl_->Add(names, value, help, need);
}
void Arguments::Option(const std::string& names, std::optional<std::string>& value,
                       const std::string& help) {
  impl_->Add(names, value, help, Need::kOptional);
}
void Arguments::Option(const std::string& names, int64_t& value, const std::string& help,
                       Need need) {
  impl_->Add(names, value, help, need);
}
void Arguments::Option(const std::string& names, std::optional<int64_t>& value,
                       const std::string& help) {
  impl_->Add(names, value, help, Need::kOptional);
}
void Arguments::Option(const std::string& names, std::vector<std::string>& values,
                       const std::string& help, Need need) {
  CLI::Option* option = impl_->app->add_option(names, values, help);
  if (need == Need::kRequired) option->required();
  // One value each time it is given, so that a positional argument may follow.
  if (names.front() == '-')
    option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void Arguments::Flag(const std::string& names, bool& value, const std::string& help) {
  impl_->app->add_flag(names, value, help);
}

void Arguments::Limit(const std::string& name, int64_t least, int64_t most) {
  impl_->app->get_option(name)->check(CLI::Range(least, most));
}

void Arguments::FromEnvironment(const std::string& name, const std::string& variable) {
  impl_->app->get_option(name)->envname(variable);
}

void Arguments::Run(std::function<int()> run) {
  impl_->app->callback([chosen = impl_->chosen, run = std::move(run)] { *chosen = run; });
}

int Arguments::Execute(int argc, const char* const* argv,
                       const std::function<int(const absl::Status&)>& wrong) {
  try {
    impl_->root->parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return impl_->root->exit(asked, std::cout, std::cerr);
  } catch (const CLI::ParseError& error) {
    return wrong(Malformed("usage", error.what()));
  }
  return *impl_->chosen ? (*impl_->chosen)() : static_cast<int>(kUsage);
}

Arguments::Outline Arguments::Describe() const {
  Outline outline{impl_->app->get_name(), impl_->app->get_description(), {}, {}};
  for (const CLI::Option* option : impl_->app->get_options()) {
    for (const std::string& name : option->get_lnames()) outline.options.push_back("--" + name);
  }
  for (CLI::App* command : impl_->app->get_subcommands({})) {
    auto impl = std::make_unique<Impl>(*impl_);
    impl->app = command;
    outline.commands.push_back(Arguments(std::move(impl)).Describe());
  }
  return outline;
}

}  // namespace bonafide::client::cli
