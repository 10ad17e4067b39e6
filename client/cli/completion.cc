#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#include "certs/reason.h"
#include "client/cli/commands.h"
#include "client/cli/exit_code.h"

namespace bonafide::client::cli {
namespace {

using Outline = Arguments::Outline;

std::string Words(const Outline& outline, const Outline& program) {
  std::string words;
  for (const Outline& command : outline.commands) words += command.name + " ";
  for (const std::string& option : outline.options) words += option + " ";
  if (&outline != &program) {
    for (const std::string& option : program.options) {
      if (option != "--help" && option != "--version") words += option + " ";
    }
  }
  return words;
}

// One `case` line for each path of commands: "trust", "org admit".
void Cases(const Outline& outline, const std::string& path, const Outline& program,
           std::string& text) {
  text += "    \"" + path + "\") words=\"" + Words(outline, program) + "\" ;;\n";
  for (const Outline& command : outline.commands) {
    Cases(command, path.empty() ? command.name : path + " " + command.name, program, text);
  }
}

void Names(const Outline& outline, std::string& text) {
  for (const Outline& command : outline.commands) {
    text += (text.empty() ? "" : "|") + command.name;
    Names(command, text);
  }
}

std::string Bash(const Outline& program) {
  std::string names, cases;
  Names(program, names);
  Cases(program, "", program, cases);
  return "# bash completion for bonafide: source this file\n"
         "_bonafide() {\n"
         "  local words='' path='' word\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    case $word in\n"
         "      " +
         names +
         ") path=\"${path:+$path }$word\" ;;\n"
         "    esac\n"
         "  done\n"
         "  case $path in\n" +
         cases +
         "  esac\n"
         "  if [[ ${COMP_WORDS[COMP_CWORD]} == -* || -n $words ]]; then\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n"
         "  fi\n"
         "}\n"
         "complete -o default -F _bonafide bonafide\n";
}

std::string Zsh(const Outline& program) {
  return "#compdef bonafide\n"
         "# zsh completion for bonafide: source this file, or put it in $fpath as _bonafide\n"
         "autoload -U +X bashcompinit && bashcompinit\n" +
         Bash(program);
}

std::string FishQuoted(const std::string& text) {
  std::string quoted = "'";
  for (char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

void FishLines(const Outline& outline, const std::string& condition, std::string& text) {
  const std::string begin = "complete -c bonafide" + condition;
  for (const Outline& command : outline.commands) {
    text += begin + " -f -a " + command.name + " -d " + FishQuoted(command.about) + "\n";
  }
  for (const std::string& option : outline.options)
    text += begin + " -l " + option.substr(2) + "\n";
  for (const Outline& command : outline.commands) {
    FishLines(command, " -n '__fish_seen_subcommand_from " + command.name + "'", text);
  }
}

std::string Fish(const Outline& program) {
  std::string text = "# fish completion for bonafide\n";
  Outline top = program;
  top.options.clear();
  for (Outline& command : top.commands) command.commands.clear(), command.options.clear();
  FishLines(top, " -n __fish_use_subcommand", text);
  for (const std::string& option : program.options) {
    text += "complete -c bonafide -l " + option.substr(2) + "\n";
  }
  for (const Outline& command : program.commands) {
    FishLines(command, " -n '__fish_seen_subcommand_from " + command.name + "'", text);
  }
  return text;
}

}  // namespace

void AddCompletion(Arguments& program, Session& session) {
  auto shell = std::make_shared<std::string>();
  Arguments command =
      program.Command("completion", "Print completion for a shell: bash, zsh or fish");
  command.Option("shell", *shell, "bash, zsh or fish", Need::kRequired);
  command.Run([shell, &program, &session] {
    session.Begin();
    std::string text;
    if (*shell == "bash") text = Bash(program.Describe());
    if (*shell == "zsh") text = Zsh(program.Describe());
    if (*shell == "fish") text = Fish(program.Describe());
    if (text.empty()) {
      return session.out().Usage(Malformed("shell", "shell: bash, zsh or fish"));
    }
    session.out().Value(certs::Json::Object({{"script", certs::Json::String(text)}}));
    if (!session.out().json()) std::fwrite(text.data(), 1, text.size(), stdout);
    return static_cast<int>(kYes);
  });
}

}  // namespace bonafide::client::cli
