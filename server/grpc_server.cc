#include "server/grpc_server.h"

#include <grpc/grpc.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/impl/server_builder_plugin.h>
#include <grpcpp/resource_quota.h>

#include <algorithm>
#include <future>
#include <utility>

#include "certs/reason.h"
#include "server/listener.h"

namespace bonafide::server {
namespace {

// Pings of clients: how often, at most, and how many too many close the connection.
constexpr int kLeastPingIntervalMs = 30'000;
constexpr int kPingStrikes = 2;
// Pings of ours find connections whose other side is gone.
constexpr int kKeepaliveMs = 60'000;
constexpr int kKeepaliveTimeoutMs = 20'000;
// When stopping: how long the answers of the last calls have to leave, and how often it looks.
constexpr auto kLeaveTime = std::chrono::milliseconds(500);
constexpr auto kLookEvery = std::chrono::milliseconds(10);

int Milliseconds(int64_t seconds) { return static_cast<int>(seconds * 1000); }

// Every limit that gRPC 1.51 has against connections that do nothing, or too much. Those it lacks
// (header blocks before the client has acknowledged the settings, rapid resets) are the business of
// the proxy in front.
void SetLimits(const Config& config, grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(static_cast<int>(config.message_bytes));
  // A compressed message can be a thousand times larger than what the limit above sees.
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  // Two servers on one port would each get half of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS,
                             static_cast<int>(config.streams_per_connection));
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, static_cast<int>(config.metadata_bytes));
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS,
                             static_cast<int>(config.handshake_timeout_ms));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS,
                             Milliseconds(config.connection_idle_s));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, Milliseconds(config.connection_age_s));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS,
                             Milliseconds(config.connection_grace_s));
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kLeastPingIntervalMs);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, kPingStrikes);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  builder.SetResourceQuota(
      grpc::ResourceQuota("bonafided").Resize(static_cast<size_t>(config.memory_bytes)));
}

// The reflection library adds itself to every server it is linked with. This takes it out again.
class WithoutReflection final : public grpc::ServerBuilderOption {
 public:
  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    std::erase_if(*plugins,
                  [](const auto& plugin) { return plugin->name() == "proto_server_reflection"; });
  }
};

}  // namespace

class GrpcServer::Impl {
 public:
  explicit Impl(const TlsPair& pair) : tls(pair) {}
  TlsCredentials tls;
  std::unique_ptr<Listener> listener;
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor;
  std::unique_ptr<grpc::Server> server;
};

GrpcServer::GrpcServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

GrpcServer::~GrpcServer() {
  impl_->listener->Stop();
  impl_->server->Shutdown(std::chrono::system_clock::now());
}

absl::StatusOr<std::unique_ptr<GrpcServer>> GrpcServer::Start(
    const Config& config, const TlsPair& tls, const std::vector<grpc::Service*>& services) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  auto impl = std::make_unique<Impl>(tls);
  auto listener = Listener::Bind(config.listen_address);
  if (!listener.ok()) return listener.status();
  impl->listener = *std::move(listener);
  grpc::ServerBuilder builder;
  SetLimits(config, builder);
  if (!config.reflection) builder.SetOption(std::make_unique<WithoutReflection>());
  impl->acceptor = builder.experimental().AddExternalConnectionAcceptor(
      grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD,
      impl->tls.ForListener());
  for (grpc::Service* service : services) builder.RegisterService(service);
  impl->server = builder.BuildAndStart();
  if (impl->server == nullptr) {
    return Refusal(absl::StatusCode::kUnavailable, "listen_address",
                   "cannot serve on " + config.listen_address + ": certificate and key do not fit");
  }
  impl->server->GetHealthCheckService()->SetServingStatus(false);
  impl->listener->Start([acceptor = impl->acceptor.get()](int listener_fd, int fd) {
    grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters connection;
    connection.listener_fd = listener_fd;
    connection.fd = fd;
    acceptor->HandleNewConnection(&connection);
  });
  return std::unique_ptr<GrpcServer>(new GrpcServer(std::move(impl)));
}

int GrpcServer::port() const { return impl_->listener->port(); }

void GrpcServer::SetServing(bool serving) {
  impl_->server->GetHealthCheckService()->SetServingStatus(serving);
}

void GrpcServer::ReplaceTls(TlsPair tls) { impl_->tls.Replace(std::move(tls)); }

// gRPC's own Shutdown waits for connections: for a client to answer the ping that goes with the
// GOAWAY (20 s, where nobody polls it), and for the stream of a health watch, which never ends.
void GrpcServer::Stop(std::chrono::milliseconds grace,
                      const std::function<int64_t()>& calls_under_way) {
  impl_->listener->Stop();
  const auto deadline = std::chrono::system_clock::now() + grace;
  const auto stopped =
      std::async(std::launch::async, [this, deadline] { impl_->server->Shutdown(deadline); });
  auto last_call = std::chrono::steady_clock::now();
  while (stopped.wait_for(kLookEvery) != std::future_status::ready) {
    const auto now = std::chrono::steady_clock::now();
    if (calls_under_way() > 0) last_call = now;
    if (now - last_call < kLeaveTime) continue;
    // Closes every connection there still is. Shutdown has begun, which this needs.
    grpc_server_cancel_all_calls(impl_->server->c_server());
    break;
  }
  stopped.wait();
}

}  // namespace bonafide::server
