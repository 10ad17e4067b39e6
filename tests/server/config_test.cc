#include "server/config.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "certs/reason.h"
#include "server/config_settings.h"

namespace bonafide::server {
namespace {

TEST(Config, EmptyGivesTheDefaults) {
  const auto config = ParseConfig("", "c");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(ConfigText(*config), ConfigText({}));
}

TEST(Config, ReadsWhatItWrites) {
  Config config;
  config.listen_address = "[::1]:1";
  config.cosigner_policy = R"(a "quoted" \ path)";
  config.reflection = true;
  config.reads_per_second = 0;
  const auto read = ParseConfig(ConfigText(config), "c");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->listen_address, config.listen_address);
  EXPECT_EQ(read->cosigner_policy, config.cosigner_policy);
  EXPECT_TRUE(read->reflection);
  EXPECT_EQ(read->reads_per_second, 0);
  EXPECT_EQ(ConfigText(*read), ConfigText(config));
}

TEST(Config, ReadsSpacesAndComments) {
  const auto config = ParseConfig(
      "# first\n\n  heartbeat_s=5 # every five\n\tlog_level\t=\t\"warn\"# x\nreflection = true",
      "c");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->heartbeat_s, 5);
  EXPECT_EQ(config->log_level, "warn");
  EXPECT_TRUE(config->reflection);
}

TEST(Config, EverySettingStandsInTheFileWithItsMeaning) {
  const std::string text = ConfigText({});
  for (const Setting& setting : Settings()) {
    EXPECT_NE(text.find("\n" + std::string(setting.key) + " = "), std::string::npos) << setting.key;
    EXPECT_NE(std::string_view(setting.meaning), "") << setting.key;
  }
}

TEST(Config, DefaultsAreWithinTheirRanges) {
  const auto config = ParseConfig(ConfigText({}), "c");
  EXPECT_TRUE(config.ok()) << config.status();
}

TEST(Config, TheShippedFileIsTheDefault) {
  std::ifstream in(BONAFIDE_SOURCE_DIR "/deploy/bonafided.conf");
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str(), ConfigText({})) << "write it with: bonafided config";
}

// Each bad configuration gets one line that begins with the place.
TEST(Config, RefusesEveryMistakeWithOneClearLine) {
  struct Case {
    const char* text;
    const char* reason;
    const char* message;
  };
  const Case cases[] = {
      {"nonsense", "config_syntax", "c:1: expected `key = value`"},
      {"\n\n= 3", "config_syntax", "c:3: expected `key = value`"},
      {"[limits]", "config_syntax", "c:1: expected `key = value`"},
      {"Heartbeat_s = 3", "config_syntax", "c:1: expected `key = value`"},
      {"heartbeat = 3", "config_key", "c:1: no setting is named heartbeat"},
      {"heartbeat_s = 3\nheartbeat_s = 3", "config_twice",
       "c:2: heartbeat_s was set above already"},
      {"heartbeat_s =", "config_syntax",
       "c:1: the value is no number, true, false or \"quoted string\""},
      {"heartbeat_s = 3s", "config_syntax",
       "c:1: the value is no number, true, false or \"quoted string\""},
      {"heartbeat_s = 0x10", "config_syntax",
       "c:1: the value is no number, true, false or \"quoted string\""},
      {"heartbeat_s = 99999999999999999999", "config_syntax",
       "c:1: the value is no number, true, false or \"quoted string\""},
      {"log_level = warn", "config_syntax",
       "c:1: the value is no number, true, false or \"quoted string\""},
      {"log_level = \"warn", "config_syntax",
       "c:1: the value is no number, true, false or \"quoted string\""},
      {"log_level = \"warn\" \"x\"", "config_syntax",
       "c:1: the value is no number, true, false or \"quoted string\""},
      {"log_level = \"wa\\rn\"", "config_syntax",
       "c:1: the value is no number, true, false or \"quoted string\""},
      {"heartbeat_s = \"3\"", "config_value",
       "c:1: heartbeat_s has to be a number from 1 to 86400"},
      {"heartbeat_s = 0", "config_value", "c:1: heartbeat_s has to be a number from 1 to 86400"},
      {"heartbeat_s = 86401", "config_value",
       "c:1: heartbeat_s has to be a number from 1 to 86400"},
      {"heartbeat_s = -1", "config_value", "c:1: heartbeat_s has to be a number from 1 to 86400"},
      {"reflection = 1", "config_value", "c:1: reflection has to be true or false"},
      {"log_level = 3", "config_value", "c:1: log_level has to be a quoted string"},
      {"log_level = \"loud\"", "config_value",
       "c:1: log_level has to be one of debug, info, warn, error"},
      {"listen_address = \"here\"", "config_value",
       "c:1: listen_address has to be an address with a port, such as 127.0.0.1:7443 or "
       "[::1]:7443"},
      {"listen_address = \"127.0.0.1:70000\"", "config_value",
       "c:1: listen_address has to be an address with a port, such as 127.0.0.1:7443 or "
       "[::1]:7443"},
      {"listen_address = \"::1:443\"", "config_value",
       "c:1: listen_address has to be an address with a port, such as 127.0.0.1:7443 or "
       "[::1]:7443"},
      {"admin_address = \"0.0.0.0:7444\"", "config_value",
       "c:1: admin_address has to be a loopback address with a port, such as 127.0.0.1:7444 or "
       "[::1]:7444"},
      {"admin_address = \"127.evil.example:7444\"", "config_value",
       "c:1: admin_address has to be a loopback address with a port, such as 127.0.0.1:7444 or "
       "[::1]:7444"},
      {"http_address = \"register.example:443\"", "config_value",
       "c:1: http_address has to be an IP address with a port, such as 127.0.0.1:7445 or "
       "[::1]:7445, or empty"},
      {"page_address = \"https://register.example/demo\"", "config_value",
       "c:1: page_address has to be an address such as https://register.example/demo/, with its "
       "last slash, or empty"},
      {"page_address = \"http://register.example/\"", "config_value",
       "c:1: page_address has to be an address such as https://register.example/demo/, with its "
       "last slash, or empty"},
      {"tls_key = \"\"", "config_value", "c:1: tls_key has to be the path of a file"},
      {"trusted_proxies = \"127.0.0.1, 10.0.0.1\"", "config_value",
       "c:1: trusted_proxies has to be IP addresses with commas between them"},
      {"trusted_proxies = \"127.0.0.1,\"", "config_value",
       "c:1: trusted_proxies has to be IP addresses with commas between them"},
  };
  for (const Case& c : cases) {
    const auto config = ParseConfig(c.text, "c");
    ASSERT_FALSE(config.ok()) << c.text;
    EXPECT_EQ(ReasonOf(config.status()), c.reason) << c.text;
    EXPECT_EQ(config.status().message(), c.message) << c.text;
  }
}

TEST(Config, AcceptsWhatIsRight) {
  for (const char* text :
       {"admin_address = \"[::1]:0\"", "admin_address = \"127.1.2.3:9\"",
        "listen_address = \"register.example:443\"", "trusted_proxies = \"\"",
        "trusted_proxies = \"127.0.0.1,::1\"", "http_address = \"\"", "http_address = \"[::]:443\"",
        "page_address = \"https://register.example/\"",
        "page_address = \"https://localhost:7445/\"", "log_key = \"/etc/bonafide/log key.pem\""}) {
    const auto config = ParseConfig(text, "c");
    EXPECT_TRUE(config.ok()) << config.status();
  }
}

TEST(Config, FilesThatCannotBeReadAreOneLine) {
  const std::string missing = testing::TempDir() + "bonafide-no-such-file.conf";
  const auto config = ReadConfigFile(missing);
  EXPECT_EQ(ReasonOf(config.status()), "config_file");
  EXPECT_EQ(config.status().message(), missing + ": cannot be read; `bonafided init` writes one");
  EXPECT_EQ(ReasonOf(ReadConfigFile(testing::TempDir()).status()), "config_file");

  const std::string large = testing::TempDir() + "bonafide-large.conf";
  std::ofstream(large) << std::string(64 * 1024 + 1, '\n');
  EXPECT_EQ(ReadConfigFile(large).status().message(),
            large + ": larger than a configuration may be");
  unlink(large.c_str());
}

}  // namespace
}  // namespace bonafide::server
