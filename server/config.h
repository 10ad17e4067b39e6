// The configuration: one file, with every limit in it. Its format is a small part of TOML: lines of
// `key = value`, where a value is an integer, `true`, `false` or a "quoted string"; blank lines and
// comments that begin with #. Everything has a default; nothing unknown is passed over.
#ifndef BONAFIDE_SERVER_CONFIG_H_
#define BONAFIDE_SERVER_CONFIG_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace bonafide::server {

// What each setting means stands beside it in ConfigText(), from server/config_settings.cc. Paths
// are relative to the data directory unless absolute.
struct Config {
  std::string origin;
  std::string listen_address = "127.0.0.1:7443";
  std::string http_address = "127.0.0.1:7445";
  std::string admin_address = "127.0.0.1:7444";
  std::string tls_certificate = "tls/server.pem";
  std::string tls_key = "tls/server.key";
  std::string log_key = "keys/log.key";
  std::string cosigner_policy;
  bool reflection = false;
  std::string log_level = "info";

  int64_t heartbeat_s = 60;
  int64_t queued_events = 4096;
  int64_t free_disk_bytes = int64_t{1} << 30;
  int64_t block_cache_bytes = int64_t{256} << 20;

  int64_t collect_interval_s = 3600;
  int64_t unnamed_papers_days = 7;
  int64_t access_records_days = 730;

  int64_t open_files = 4096;
  int64_t memory_bytes = int64_t{512} << 20;
  int64_t message_bytes = int64_t{1} << 20;
  int64_t metadata_bytes = 8192;
  int64_t streams_per_connection = 100;
  int64_t handshake_timeout_ms = 5000;
  int64_t connection_idle_s = 300;
  int64_t connection_age_s = 3600;
  int64_t connection_grace_s = 10;
  int64_t drain_s = 20;

  std::string page_address;
  int64_t http_threads = 0;
  int64_t http_connections = 4096;
  int64_t http_connections_per_address = 64;
  int64_t http_header_ms = 5000;
  int64_t http_write_ms = 30000;
  int64_t http_idle_s = 30;

  int64_t read_deadline_ms = 5000;
  int64_t search_deadline_ms = 5000;
  int64_t submit_deadline_ms = 30000;
  int64_t transfer_deadline_ms = 600000;

  int64_t reads_at_once = 512;
  int64_t searches_at_once = 16;
  int64_t submits_at_once = 4096;
  int64_t transfers_at_once = 64;
  int64_t percent_per_address = 25;

  std::string trusted_proxies;
  int64_t reads_per_second = 200;
  int64_t searches_per_second = 5;
  int64_t submits_per_second = 500;
  int64_t transfers_per_second = 20;
  int64_t rate_burst_s = 10;
};

// Reads a configuration. Errors, one line that begins with `name` and the line number:
//   "config_syntax"  no `key = value`, or a malformed value
//   "config_key"     an unknown key
//   "config_twice"   a key that was set above
//   "config_value"   a value of another type, outside its range, or not of its form
absl::StatusOr<Config> ParseConfig(std::string_view text, std::string_view name);

// Reads the file at `path`. Errors: "config_file" (missing, unreadable, or above 64 KiB), and those
// above.
absl::StatusOr<Config> ReadConfigFile(const std::string& path);

// The text that ParseConfig reads as `config`: every setting, with what it means, its default and
// its range. ConfigText({}) is deploy/bonafided.conf.
std::string ConfigText(const Config& config);

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_CONFIG_H_
