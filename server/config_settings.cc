#include "server/config_settings.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "registry/issuer_url.h"

namespace bonafide::server {
namespace {

constexpr int64_t kKiB = 1024;
constexpr int64_t kMiB = 1024 * kKiB;

const Setting kSettings[] = {
    {"Where", "origin", TextSetting{&Config::origin, TextForm::kOrigin},
     "The name of this register for ever, as `bonafided init` was given it."},
    {"", "listen_address", TextSetting{&Config::listen_address, TextForm::kAddress},
     "Where the gRPC services listen, with TLS. Put a proxy in front of it before strangers can\n"
     "reach it: see docs/operations.md."},
    {"", "http_address", TextSetting{&Config::http_address, TextForm::kOptionalAddress},
     "Where everybody may read over HTTP, with TLS: the JSON API and the log as tiles. An IP\n"
     "address with a port. Empty: nowhere."},
    {"", "admin_address", TextSetting{&Config::admin_address, TextForm::kLoopbackAddress},
     "Where /metrics and /healthz are served over plain HTTP. Loopback only."},
    {"", "tls_certificate", TextSetting{&Config::tls_certificate, TextForm::kPath},
     "The certificate chain of the server, PEM."},
    {"", "tls_key", TextSetting{&Config::tls_key, TextForm::kPath},
     "Its private key, PEM; mode 0600."},
    {"", "log_key", TextSetting{&Config::log_key, TextForm::kPath},
     "The key that signs the log's heads, PEM; mode 0600."},
    {"", "cosigner_policy", TextSetting{&Config::cosigner_policy, TextForm::kAny},
     "A C2SP tlog-policy file: whose cosignatures are taken, and which of them make a head\n"
     "\"cosigned\". Empty: none are asked for."},
    {"", "reflection", SwitchSetting{&Config::reflection},
     "Whether clients may ask which services there are (gRPC server reflection)."},
    {"", "log_level", TextSetting{&Config::log_level, TextForm::kLogLevel},
     "What is logged to standard error, as lines of JSON: debug (every call), info, warn, error."},

    {"The register", "heartbeat_s", NumberSetting{&Config::heartbeat_s, 1, 86400},
     "A new head is signed after so many seconds without an event. At most what `bonafided init`\n"
     "was given as --max-head-gap, which readers hold the register to."},
    {"", "queued_events", NumberSetting{&Config::queued_events, 1, 1'000'000},
     "Events that wait for the disk; further ones are refused as \"queue_full\"."},
    {"", "free_disk_bytes", NumberSetting{&Config::free_disk_bytes, 0, int64_t{1} << 50},
     "Writes are refused while the file system has less than this free."},
    {"", "block_cache_bytes", NumberSetting{&Config::block_cache_bytes, kMiB, int64_t{1} << 40},
     "Memory for what was read from disk. Histories are not among it: the system keeps those."},

    {"Clearing away", "collect_interval_s",
     NumberSetting{&Config::collect_interval_s, 1800, 7 * 86400},
     "How often the server looks for what is kept no longer, as follows."},
    {"", "unnamed_papers_days", NumberSetting{&Config::unnamed_papers_days, 1, 3650},
     "A paper that no event names goes so many days after it was last uploaded."},
    {"", "access_records_days", NumberSetting{&Config::access_records_days, 0, 36500},
     "A record of who asked for a restricted paper goes after so many days. 0: never."},

    {"Connections", "open_files", NumberSetting{&Config::open_files, 256, 1 << 24},
     "The limit of open files is raised as far as the system allows; with less than this, and\n"
     "http_connections beside it, the server does not start."},
    {"", "memory_bytes", NumberSetting{&Config::memory_bytes, 16 * kMiB, int64_t{1} << 40},
     "Memory for messages under way; for answers over HTTP that wait for their readers as much\n"
     "again."},
    {"", "message_bytes", NumberSetting{&Config::message_bytes, 64 * kKiB, 64 * kMiB},
     "The largest request. Compressed messages are not accepted at all."},
    {"", "metadata_bytes", NumberSetting{&Config::metadata_bytes, 1024, 64 * kKiB},
     "The largest header of a request."},
    {"", "streams_per_connection", NumberSetting{&Config::streams_per_connection, 1, 10'000},
     "Calls at once on one connection."},
    {"", "handshake_timeout_ms", NumberSetting{&Config::handshake_timeout_ms, 100, 120'000},
     "A connection that has not finished its handshake by then is closed."},
    {"", "connection_idle_s", NumberSetting{&Config::connection_idle_s, 1, 86400},
     "A connection without calls is closed after this."},
    {"", "connection_age_s", NumberSetting{&Config::connection_age_s, 1, 86400},
     "Every connection is closed after this; calls under way may finish."},
    {"", "connection_grace_s", NumberSetting{&Config::connection_grace_s, 1, 3600},
     "How long they may take for that."},
    {"", "drain_s", NumberSetting{&Config::drain_s, 0, 3600},
     "How long calls may take to finish when the server is told to stop."},

    {"Connections over HTTP", "page_address",
     TextSetting{&Config::page_address, TextForm::kWebAddress},
     "Where people reach the page, which QR codes lead to. Empty: https:// and the origin."},
    {"", "http_threads", NumberSetting{&Config::http_threads, 0, 1024},
     "Threads that serve them. 0: one for each processor."},
    {"", "http_connections", NumberSetting{&Config::http_connections, 1, 1 << 20},
     "Connections at once; further ones are closed."},
    {"", "http_connections_per_address",
     NumberSetting{&Config::http_connections_per_address, 1, 1 << 20},
     "Of them from one address (of IPv6, from one /64); trusted proxies may have all."},
    {"", "http_header_ms", NumberSetting{&Config::http_header_ms, 100, 120'000},
     "A request that has not arrived whole by then is dropped, however steadily it comes."},
    {"", "http_write_ms", NumberSetting{&Config::http_write_ms, 100, 600'000},
     "An answer that has not been taken by then is dropped; of a paper each 256 KiB, and all of "
     "it\n"
     "by transfer_deadline_ms."},
    {"", "http_idle_s", NumberSetting{&Config::http_idle_s, 1, 3600},
     "A connection without requests is closed after this."},

    {"Deadlines: a call ends by then, whatever deadline its caller set", "read_deadline_ms",
     NumberSetting{&Config::read_deadline_ms, 10, 600'000}, "Reads."},
    {"", "search_deadline_ms", NumberSetting{&Config::search_deadline_ms, 10, 600'000},
     "Searches by name."},
    {"", "submit_deadline_ms", NumberSetting{&Config::submit_deadline_ms, 100, 600'000},
     "Events and cosignatures."},
    {"", "transfer_deadline_ms", NumberSetting{&Config::transfer_deadline_ms, 100, 86'400'000},
     "Papers, and streams of entries."},

    {"Calls at once, over all connections; further ones are refused as \"overloaded\"",
     "reads_at_once", NumberSetting{&Config::reads_at_once, 1, 1'000'000}, "Reads."},
    {"", "searches_at_once", NumberSetting{&Config::searches_at_once, 1, 1'000'000},
     "Searches by name."},
    {"", "submits_at_once", NumberSetting{&Config::submits_at_once, 1, 1'000'000},
     "Events and cosignatures."},
    {"", "transfers_at_once", NumberSetting{&Config::transfers_at_once, 1, 1'000'000},
     "Papers, and streams of entries."},
    {"", "percent_per_address", NumberSetting{&Config::percent_per_address, 1, 100},
     "How many percent of each of these one address may have (of IPv6, one /64); trusted proxies\n"
     "that do not say for whom they call may have all."},

    {"Calls per second from one address (of IPv6, from one /64); further ones are refused as\n"
     "\"rate_limited\"; 0: no limit",
     "reads_per_second", NumberSetting{&Config::reads_per_second, 0, 10'000'000}, "Reads."},
    {"", "searches_per_second", NumberSetting{&Config::searches_per_second, 0, 10'000'000},
     "Searches by name."},
    {"", "submits_per_second", NumberSetting{&Config::submits_per_second, 0, 10'000'000},
     "Events and cosignatures."},
    {"", "transfers_per_second", NumberSetting{&Config::transfers_per_second, 0, 10'000'000},
     "Papers, and streams of entries."},
    {"", "rate_burst_s", NumberSetting{&Config::rate_burst_s, 1, 3600},
     "Who was silent for a while may make the calls of so many seconds at once."},
    {"", "trusted_proxies", TextSetting{&Config::trusted_proxies, TextForm::kAddresses},
     "Addresses of proxies, with commas between them. From these the caller's address is the last\n"
     "one in `x-forwarded-for`; from everybody else that header means nothing."},
};

// Splits "host:port" and "[v6]:port"; false when it is neither.
bool SplitAddress(std::string_view text, std::string_view& host, std::string_view& port) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  host = text.substr(0, colon);
  port = text.substr(colon + 1);
  if (host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return false;
  }
  int number = -1;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  return error == std::errc() && end == port.data() + port.size() && number >= 0 &&
         number <= 65535 && !host.empty();
}

bool IsIpAddress(std::string_view text) {
  unsigned char bytes[16];
  const std::string copy(text);
  return inet_pton(AF_INET, copy.c_str(), bytes) == 1 ||
         inet_pton(AF_INET6, copy.c_str(), bytes) == 1;
}

bool AreIpAddresses(std::string_view text) {
  if (text.empty()) return true;
  while (true) {
    const size_t comma = text.find(',');
    if (!IsIpAddress(text.substr(0, comma))) return false;
    if (comma == std::string_view::npos) return true;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

std::span<const Setting> Settings() { return kSettings; }

bool HasForm(TextForm form, std::string_view text) {
  std::string_view host;
  std::string_view port;
  switch (form) {
    case TextForm::kAny:
      return true;
    case TextForm::kOrigin:
      return text.empty() || registry::IsOrigin(text);
    case TextForm::kAddress:
      return SplitAddress(text, host, port);
    case TextForm::kWebAddress:
      return text.empty() || (text.starts_with("https://") && text.ends_with('/') &&
                              registry::IsOrigin(text.substr(8, text.size() - 9)));
    case TextForm::kOptionalAddress:
      return text.empty() || (SplitAddress(text, host, port) && IsIpAddress(host));
    case TextForm::kLoopbackAddress:
      return SplitAddress(text, host, port) &&
             (host == "::1" || (host.starts_with("127.") && IsIpAddress(host)));
    case TextForm::kPath:
      return !text.empty();
    case TextForm::kLogLevel:
      return text == "debug" || text == "info" || text == "warn" || text == "error";
    case TextForm::kAddresses:
      return AreIpAddresses(text);
  }
  return false;
}

const char* FormText(TextForm form) {
  switch (form) {
    case TextForm::kAny:
      return "a text";
    case TextForm::kOrigin:
      return "an origin, such as register.example/demo";
    case TextForm::kAddress:
      return "an address with a port, such as 127.0.0.1:7443 or [::1]:7443";
    case TextForm::kWebAddress:
      return "an address such as https://register.example/demo/, with its last slash, or empty";
    case TextForm::kOptionalAddress:
      return "an IP address with a port, such as 127.0.0.1:7445 or [::1]:7445, or empty";
    case TextForm::kLoopbackAddress:
      return "a loopback address with a port, such as 127.0.0.1:7444 or [::1]:7444";
    case TextForm::kPath:
      return "the path of a file";
    case TextForm::kLogLevel:
      return "one of debug, info, warn, error";
    case TextForm::kAddresses:
      return "IP addresses with commas between them";
  }
  return "";
}

}  // namespace bonafide::server
