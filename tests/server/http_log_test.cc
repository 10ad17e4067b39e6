// The routes of the log and of issuers, over a real socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "certs/base64.h"
#include "merkle/frame.h"
#include "merkle/frontier.h"
#include "merkle/hash.h"
#include "merkle/proof.h"
#include "registry/issuer_url.h"
#include "tests/server/http_front_fixture.h"

namespace bonafide::server {
namespace {

using certs::Json;
using ::testing::HasSubstr;

constexpr char kCheckpoint[] = "/v1/log/checkpoint";

ROUTE_ANSWERS(HttpFront, kCheckpoint, CheckpointIsTheNote) {
  const HttpReply json = Get(port(), kCheckpoint);
  ASSERT_EQ(json.status, 200) << json.body;
  EXPECT_EQ(*json.Json().FindString("checkpoint"), Get(port(), "/checkpoint").body);
}

ROUTE_REFUSES(HttpFront, kCheckpoint, CheckpointRefusesAnUnknownHead) {
  ExpectProblem(Get(port(), std::string(kCheckpoint) + "?head=HEAD_BEST"), 400, "query_value",
                "head");
}

constexpr char kNote[] = "/checkpoint";

ROUTE_ANSWERS(HttpFront, kNote, NoteIsSigned) { EXPECT_GT(Head().size.value, 0u); }
ROUTE_REFUSES(HttpFront, kNote, NoteTakesNoQuery) {
  ExpectProblem(Get(port(), "/checkpoint?now=1"), 400, "query_unknown", "now");
}

constexpr char kInclusion[] = "/v1/log/entries/{index}/inclusion-proof";
constexpr char kBundle[] = "/tile/entries/{bundle...}";

// An entry of the bundle is in the tree of the checkpoint, by the proof of the API.
ROUTE_ANSWERS(HttpFront, kInclusion, InclusionIsProven) {
  const merkle::Checkpoint head = Head();
  const std::string size = std::to_string(head.size.value);
  const HttpReply bundle = Get(port(), "/tile/entries/000.p/" + size);
  ASSERT_EQ(bundle.status, 200) << bundle.body;
  const auto entries = merkle::ParseFrames(bundle.body, 256);
  ASSERT_TRUE(entries.ok()) << entries.status();
  const HttpReply proof = Get(port(), "/v1/log/entries/3/inclusion-proof?tree_size=" + size);
  ASSERT_EQ(proof.status, 200) << proof.body;
  const auto hashes = merkle::ParseProof(*certs::Base64Decode(*proof.Json().FindString("proof")));
  ASSERT_TRUE(hashes.ok()) << hashes.status();
  const absl::Status included =
      merkle::VerifyInclusion({3}, head.size, merkle::LeafHash((*entries)[3]), *hashes, head.root);
  EXPECT_TRUE(included.ok()) << included;
}

ROUTE_REFUSES(HttpFront, kInclusion, InclusionRefusesWhatIsNotThere) {
  ExpectProblem(Get(port(), "/v1/log/entries/9999/inclusion-proof"), 400, "proof_index");
  ExpectProblem(Get(port(), "/v1/log/entries/0/inclusion-proof?tree_size=9999"), 400, "proof_size");
  ExpectProblem(Get(port(), "/v1/log/entries/x/inclusion-proof"), 400, "query_value", "index");
}

ROUTE_ANSWERS(HttpFront, kBundle, BundlesKeepForEver) {
  const HttpReply one = Get(port(), "/tile/entries/000.p/1");
  ASSERT_EQ(one.status, 200);
  EXPECT_THAT(one.Header("cache-control"), HasSubstr("immutable"));
  const auto entries = merkle::ParseFrames(one.body, 256);
  ASSERT_TRUE(entries.ok());
  ASSERT_EQ(entries->size(), 1u);
  EXPECT_EQ(merkle::LeafHash(entries->front()), running_->anchors().genesis);
  const HttpReply compressed = Get(port(), "/tile/entries/000.p/4", {"Accept-Encoding: gzip"});
  EXPECT_EQ(compressed.Header("content-encoding"), "gzip");
  EXPECT_TRUE(Gunzip(compressed.body).starts_with(one.body));
}

ROUTE_REFUSES(HttpFront, kBundle, BundlesAreThereOrNot) {
  ExpectProblem(Get(port(), "/tile/entries/000"), 404, "tile_unknown");
  ExpectProblem(Get(port(), "/tile/entries/001"), 404, "tile_unknown");
  ExpectProblem(Get(port(), "/tile/entries/0"), 404, "tile_path");
  ExpectProblem(Get(port(), "/tile/entries/000.p/256"), 404, "tile_path");
}

constexpr char kTile[] = "/tile/{tile...}";

ROUTE_ANSWERS(HttpFront, kTile, TilesAreTheTreeOfTheCheckpoint) {
  const merkle::Checkpoint head = Head();
  const HttpReply tile = Get(port(), "/tile/0/000.p/" + std::to_string(head.size.value));
  ASSERT_EQ(tile.status, 200) << tile.body;
  EXPECT_THAT(tile.Header("cache-control"), HasSubstr("immutable"));
  merkle::Frontier tree;
  for (size_t at = 0; at < tile.body.size(); at += Digest::kSizeBytes) {
    tree.Append(*Digest::FromBytes(std::string_view(tile.body).substr(at, Digest::kSizeBytes)));
  }
  EXPECT_EQ(tree.size(), head.size);
  EXPECT_EQ(tree.root(), head.root);
}

ROUTE_REFUSES(HttpFront, kTile, TilesAreThereOrNot) {
  for (const char* missing : {"/tile/0/000", "/tile/0/000.p/255", "/tile/1/000.p/1", "/tile/0/001",
                              "/tile/63/000", "/tile/0/x123/456"}) {
    ExpectProblem(Get(port(), missing), 404, "tile_unknown");
  }
  for (const char* wrong : {"/tile/0/0", "/tile/64/000", "/tile/00/000", "/tile/0/000.p/0",
                            "/tile/0/000.p/01", "/tile/0/%30%30%30"}) {
    ExpectProblem(Get(port(), wrong), 404, "tile_path");
  }
}

constexpr char kConsistency[] = "/v1/log/consistency-proof";

ROUTE_ANSWERS(HttpFront, kConsistency, ConsistencyIsProven) {
  const HttpReply proof = Get(port(), std::string(kConsistency) + "?first_size=2&second_size=5");
  ASSERT_EQ(proof.status, 200) << proof.body;
  EXPECT_EQ(*proof.Json().FindString("secondSize"), "5");
  EXPECT_EQ(certs::Base64Decode(*proof.Json().FindString("proof"))->size() % 32, 0u);
}

ROUTE_REFUSES(HttpFront, kConsistency, ConsistencyNeedsSizes) {
  ExpectProblem(Get(port(), kConsistency), 400, "query_missing", "first_size");
  ExpectProblem(Get(port(), std::string(kConsistency) + "?first_size=0"), 400, "proof_size");
}

constexpr char kKeySet[] = "/v1/organisations/{number}/jwks";

ROUTE_ANSWERS(HttpFront, kKeySet, KeySetHasTheStandingKeys) {
  const HttpReply reply =
      Get(port(), "/v1/organisations/" + std::to_string(story_->clinic.number.value) + "/jwks");
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Json json = reply.Json();
  ASSERT_EQ(json.Find("keys")->items().size(), 1u);
  const auto key = certs::PublicKey::FromJwk(json.Find("keys")->items()[0]);
  ASSERT_TRUE(key.ok()) << key.status();
  EXPECT_EQ(*key, story_->clinic.key.public_key());
}

ROUTE_REFUSES(HttpFront, kKeySet, KeySetIsOfOrganisations) {
  const std::string practitioner = std::to_string(story_->practitioner.subject.value);
  for (const std::string& wrong : {practitioner, std::string("9999"), std::string("01")}) {
    ExpectProblem(Get(port(), "/v1/organisations/" + wrong + "/jwks"), 404, "issuer_unknown");
  }
}

constexpr char kMetadata[] = "/.well-known/jwt-vc-issuer/{issuer...}";

// Where a verifier looks: the well-known string between host and path of `iss`.
ROUTE_ANSWERS(HttpFront, kMetadata, MetadataNamesTheIssuerItself) {
  const std::string issuer = registry::IssuerUrl(kOrigin, story_->clinic.number);
  const std::string path = issuer.substr(issuer.find('/', std::string("https://").size()));
  const HttpReply reply = Get(port(), "/.well-known/jwt-vc-issuer" + path);
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(*reply.Json().FindString("issuer"), issuer);
  EXPECT_EQ(reply.Json().Find("jwks")->Find("keys")->items().size(), 1u);
}

ROUTE_REFUSES(HttpFront, kMetadata, MetadataIsOfThisRegister) {
  for (const char* wrong : {"/other/o/1", "/test/o/99", "/test/o", "/test/o/1/x", "/o/1"}) {
    ExpectProblem(Get(port(), std::string("/.well-known/jwt-vc-issuer") + wrong), 404,
                  "issuer_unknown");
  }
}

}  // namespace
}  // namespace bonafide::server
