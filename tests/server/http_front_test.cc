// Every route of the front, over a real socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "certs/base64.h"
#include "merkle/checkpoint.h"
#include "merkle/frame.h"
#include "merkle/frontier.h"
#include "merkle/hash.h"
#include "merkle/proof.h"
#include "proto/evidence_file.h"
#include "registry/issuer_url.h"
#include "registry/registration_number.h"
#include "server/http/route.h"
#include "server/method_table.h"
#include "tests/server/http_client.h"
#include "tests/server/lookup_fixture.h"
#include "tests/server/wire.h"

namespace bonafide::server {
namespace {

using certs::Json;
using ::testing::HasSubstr;

class HttpFront : public LookupService {
 protected:
  static int port() { return running_->instance().http_port(); }
  static std::string NumberOf(const Filed& filed) {
    return registry::RegistrationNumber(filed.subject);
  }
  static std::string Number() { return NumberOf(story_->practitioner); }
  static std::string Asked() {
    return std::string("?treatment=") + kTreatment + "&territory=" + kTerritory + "&on=2026-05-03";
  }
  static std::string Evidence() { return "/v1/practitioners/" + Number() + "/evidence" + Asked(); }
  static merkle::Checkpoint Head() {
    const HttpReply reply = Get(port(), "/checkpoint");
    const auto opened = merkle::OpenCheckpoint(reply.body, running_->anchors().log_key);
    EXPECT_TRUE(opened.ok()) << opened.status();
    return opened.ok() ? opened->checkpoint : merkle::Checkpoint();
  }
  // A problem with that status and reason.
  static void ExpectProblem(const HttpReply& reply, int status, const std::string& reason,
                            const std::string& field = "") {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.Header("content-type"), "application/problem+json");
    EXPECT_EQ(reply.Header("cache-control"), "no-store");
    const Json json = reply.Json();
    EXPECT_EQ(json.FindInteger("status"), status);
    EXPECT_EQ(reply.Reason(), reason);
    ASSERT_NE(json.FindString("type"), nullptr);
    EXPECT_EQ(*json.FindString("type"), "urn:bonafide:reason:" + reason);
    const std::string* named = json.FindString("field");
    EXPECT_EQ(named == nullptr ? "" : *named, field);
  }
};

TEST(HttpRoutes, HaveRulesAndTests) {
  for (const http::Route& route : http::Routes()) {
    EXPECT_NE(FindMethodRule(route.method), nullptr) << route.pattern;
    EXPECT_GT(TestedMethods()[std::string(route.pattern)].answered, 0) << route.pattern;
    EXPECT_GT(TestedMethods()[std::string(route.pattern)].refused, 0) << route.pattern;
  }
}

constexpr char kEvidence[] = "/v1/practitioners/{registration_number}/evidence";

ROUTE_ANSWERS(HttpFront, kEvidence, EvidenceIsAFileThatVerifies) {
  const HttpReply reply = Get(port(), Evidence());
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.Header("content-type"), "application/json");
  EXPECT_EQ(reply.Header("access-control-allow-origin"), "*");
  EXPECT_EQ(reply.Header("x-content-type-options"), "nosniff");
  EXPECT_THAT(reply.Header("cache-control"), HasSubstr("public"));
  const auto file = proto::ParseEvidenceFile(reply.body);
  ASSERT_TRUE(file.ok()) << file.status();
  const auto proven =
      registry::VerifyEvidence(running_->anchors(), file->evidence, file->question,
                               storage::SystemClock().NowMs(), registry::Freshness::kCurrent);
  ASSERT_TRUE(proven.ok()) << proven.status();
  EXPECT_EQ(file->question.practitioner, story_->practitioner.subject);
  // The certificate's number is for the parties.
  EXPECT_THAT(SlotsOf(*proven), testing::Not(testing::Contains("certificate_number")));
}

ROUTE_REFUSES(HttpFront, kEvidence, EvidenceSaysWhatIsWrongWithTheQuestion) {
  const std::string path = "/v1/practitioners/" + Number() + "/evidence";
  ExpectProblem(Get(port(), path), 400, "query_missing", "treatment");
  ExpectProblem(Get(port(), path + Asked() + "&on=2026-05-04"), 400, "query_twice", "on");
  ExpectProblem(Get(port(), path + Asked() + "&claim_on=2026-05-02"), 400, "question",
                "question.claim_on");
  ExpectProblem(Get(port(), path + Asked() + "&page=1"), 400, "query_unknown", "page");
  ExpectProblem(Get(port(), "/v1/practitioners/0000-4711-31/evidence" + Asked()), 400,
                "registration_number_check", "registration_number");
}

TEST_F(HttpFront, AnAnswerIsKeptUntilTheNextHead) {
  const HttpReply first = Get(port(), Evidence());
  const std::string tag = first.Header("etag");
  ASSERT_THAT(tag, testing::StartsWith("W/\""));
  const HttpReply again = Get(port(), Evidence(), {"If-None-Match: " + tag});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(again.Header("etag"), tag);
  EXPECT_EQ(again.Header("vary"), "Accept-Encoding");
  EXPECT_EQ(again.Header("content-security-policy"), "") << "a cache would keep it";
  EXPECT_NE(again.Header("date"), "");
  const HttpReply head = Ask(port(), "HEAD", Evidence(), {"If-None-Match: " + tag});
  EXPECT_EQ(head.status, 304);
  EXPECT_EQ(head.Header("content-length"), "");
  // The tag is of this address alone.
  EXPECT_EQ(Get(port(), "/v1/subjects/garbage", {"If-None-Match: " + tag}).status, 400);
  EXPECT_EQ(Get(port(), Evidence() + "&under_18=true", {"If-None-Match: " + tag}).status, 200);
  EXPECT_EQ(Get(port(), "/v1/subjects/garbage", {"If-None-Match: *"}).status, 400);
  EXPECT_EQ(Get(port(), Evidence(), {"If-None-Match: *"}).status, 304);
  EXPECT_EQ(Get(port(), "/checkpoint", {"If-None-Match: *"}).status, 304);
  running_->File(running_->regulator(), std::nullopt,
                 registry::SchemeCreated{"other_treatment", kTerritory, "Example Scheme Two"});
  const HttpReply changed = Get(port(), Evidence(), {"If-None-Match: " + tag});
  EXPECT_EQ(changed.status, 200);
  EXPECT_NE(changed.Header("etag"), tag);
}

TEST_F(HttpFront, AnAnswerMayBeCompressed) {
  const HttpReply plain = Get(port(), Evidence());
  const HttpReply compressed = Get(port(), Evidence(), {"Accept-Encoding: br, gzip"});
  ASSERT_EQ(compressed.status, 200);
  EXPECT_EQ(compressed.Header("content-encoding"), "gzip");
  EXPECT_EQ(compressed.Header("vary"), "Accept-Encoding");
  EXPECT_EQ(plain.Header("vary"), "Accept-Encoding");
  EXPECT_LT(compressed.body.size(), plain.body.size());
  EXPECT_EQ(proto::ParseEvidenceFile(Gunzip(compressed.body))->question.treatment, kTreatment);
}

TEST_F(HttpFront, HeadAndOptionsSayWhatGetWould) {
  const HttpReply get = Get(port(), Evidence());
  const HttpReply head = Ask(port(), "HEAD", Evidence());
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.Header("content-length"), std::to_string(get.body.size()));
  EXPECT_EQ(head.Header("etag"), get.Header("etag"));
  const HttpReply options = Ask(port(), "OPTIONS", Evidence());
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.Header("access-control-allow-methods"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(options.Header("access-control-allow-origin"), "*");
}

TEST_F(HttpFront, NothingIsWrittenHere) {
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "BREW"}) {
    const HttpReply reply = Ask(port(), method, Evidence());
    EXPECT_EQ(reply.status, 405) << method;
    EXPECT_EQ(reply.Header("allow"), "GET, HEAD, OPTIONS") << method;
  }
}

constexpr char kVerdict[] = "/v1/practitioners/{registration_number}/verdict";

ROUTE_ANSWERS(HttpFront, kVerdict, VerdictIsThatOfTheEvidence) {
  const HttpReply reply =
      Get(port(), "/v1/practitioners/" + Number() + "/verdict" + Asked() + "&head=HEAD_NEWEST");
  ASSERT_EQ(reply.status, 200) << reply.body;
  v1::VerifyRequest request = Request();
  request.set_want_verdict(true);
  v1::VerifyResponse response;
  ASSERT_TRUE(Verify(request, &response).ok());
  const Json json = reply.Json();
  ASSERT_NE(json.FindString("outcome"), nullptr) << reply.body;
  EXPECT_EQ(*json.FindString("outcome"), v1::Outcome_Name(response.verdict().outcome()));
  ASSERT_NE(json.Find("legs"), nullptr) << reply.body;
  EXPECT_EQ(json.Find("legs")->items().size(), static_cast<size_t>(response.verdict().legs_size()));
}

ROUTE_REFUSES(HttpFront, kVerdict, VerdictNeedsAQuestion) {
  ExpectProblem(Get(port(), "/v1/practitioners/" + Number() + "/verdict"), 400, "query_missing",
                "treatment");
  ExpectProblem(Get(port(), "/v1/practitioners/4711/verdict" + Asked()), 400, "registration_number",
                "registration_number");
}

constexpr char kSubject[] = "/v1/subjects/{registration_number}";

ROUTE_ANSWERS(HttpFront, kSubject, SubjectComesInPages) {
  const std::string path = "/v1/subjects/" + Number();
  const HttpReply first = Get(port(), path + "?page_size=1");
  ASSERT_EQ(first.status, 200) << first.body;
  const Json json = first.Json();
  ASSERT_NE(json.FindString("nextPageToken"), nullptr) << first.body;
  EXPECT_EQ(*json.FindString("registrationNumber"), Number());
  EXPECT_EQ(*json.FindString("entryCount"), "2");
  const HttpReply second =
      Get(port(), path + "?page_size=1&page_token=" + *json.FindString("nextPageToken"));
  EXPECT_EQ(second.status, 200) << second.body;
  EXPECT_EQ(second.Json().FindString("nextPageToken"), nullptr);
}

ROUTE_REFUSES(HttpFront, kSubject, SubjectRefusesWhatIsNotThere) {
  ExpectProblem(Get(port(), "/v1/subjects/" + registry::RegistrationNumber({99999})), 404,
                "subject_unknown");
  ExpectProblem(Get(port(), "/v1/subjects/" + Number() + "?page_token=forged"), 400, "page_token",
                "page_token");
  ExpectProblem(Get(port(), "/v1/subjects/" + Number() + "?page_size=251"), 400, "page_size",
                "page_size");
}

constexpr char kNames[] = "/v1/names";

ROUTE_ANSWERS(HttpFront, kNames, NamesAreFoundAndKeptByNobody) {
  const HttpReply reply = Get(port(), "/v1/names?name=zoe+canary-exmaple&town=leeds");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.Header("cache-control"), "no-store");
  EXPECT_EQ(reply.Header("etag"), "");
  EXPECT_THAT(reply.body, HasSubstr("\"registrationNumber\":\"" + Number() + "\""));
  for (const std::string& line : running_->log_lines()) {
    EXPECT_THAT(line, testing::Not(HasSubstr("canary-exmaple")));
  }
}

ROUTE_REFUSES(HttpFront, kNames, NamesNeedOne) {
  ExpectProblem(Get(port(), "/v1/names"), 400, "query_missing", "name");
  ExpectProblem(Get(port(), "/v1/names?name=z"), 400, "search_too_short");
}

constexpr char kPaper[] = "/v1/papers/{sha256}";

ROUTE_ANSWERS(HttpFront, kPaper, PapersForEverybodyAreGiven) {
  const std::string path = "/v1/papers/" + Sha256(story_->public_paper).Hex();
  const HttpReply reply = Get(port(), path);
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.Header("content-type"), "application/pdf");
  EXPECT_EQ(reply.body, story_->public_paper);
  EXPECT_EQ(Get(port(), path, {"If-None-Match: " + reply.Header("etag")}).status, 304);
  const HttpReply head = Ask(port(), "HEAD", path);
  EXPECT_EQ(head.Header("content-length"), std::to_string(story_->public_paper.size()));
  EXPECT_EQ(head.body, "");
}

ROUTE_REFUSES(HttpFront, kPaper, PapersForSomeAreNotThere) {
  const HttpReply restricted = Get(port(), "/v1/papers/" + Sha256(story_->paper).Hex());
  const HttpReply unknown = Get(port(), "/v1/papers/" + Sha256("nothing").Hex());
  ExpectProblem(restricted, 404, "paper_unknown");
  EXPECT_EQ(restricted.body, unknown.body);
  EXPECT_EQ(Get(port(), "/v1/papers/xyz").status, 400);
}

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

constexpr char kDescription[] = "/openapi.json";

// It names every route with every parameter, and every schema it refers to.
ROUTE_ANSWERS(HttpFront, kDescription, DescriptionIsOfAllRoutes) {
  const HttpReply reply = Get(port(), kDescription);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Json json = reply.Json();
  EXPECT_EQ(*json.FindString("openapi"), "3.1.0");
  const Json& paths = *json.Find("paths");
  EXPECT_EQ(paths.members().size(), http::Routes().size());
  for (const http::Route& route : http::Routes()) {
    std::string path(route.pattern);
    if (const size_t dots = path.find("..."); dots != std::string::npos) path.erase(dots, 3);
    ASSERT_NE(paths.Find(path), nullptr) << path;
    const Json& parameters = *paths.Find(path)->Find("get")->Find("parameters");
    const auto in_path = std::ranges::count(route.pattern, '{');
    EXPECT_EQ(parameters.items().size(), route.parameters.size() + static_cast<size_t>(in_path));
  }
  const Json& schemas = *json.Find("components")->Find("schemas");
  EXPECT_NE(schemas.Find("bonafide.v1.EvidenceFile"), nullptr);
  constexpr std::string_view kReference = "#/components/schemas/";
  for (size_t at = reply.body.find(kReference); at != std::string::npos;
       at = reply.body.find(kReference, at + 1)) {
    const size_t name = at + kReference.size();
    const std::string schema = reply.body.substr(name, reply.body.find('"', name) - name);
    EXPECT_NE(schemas.Find(schema), nullptr) << schema;
  }
}

ROUTE_REFUSES(HttpFront, kDescription, DescriptionTakesNoQuery) {
  ExpectProblem(Get(port(), std::string(kDescription) + "?v=2"), 400, "query_unknown", "v");
}

constexpr char kQr[] = "/qr/{picture}";
constexpr char kBadge[] = "/badge/{picture}";

ROUTE_ANSWERS(HttpFront, kQr, QrCodeIsAPicture) {
  const HttpReply reply = Get(port(), "/qr/" + Number() + ".svg");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.Header("content-type"), "image/svg+xml");
  EXPECT_THAT(reply.body, testing::StartsWith("<svg "));
  EXPECT_NE(Get(port(), "/qr/" + registry::RegistrationNumber({1}) + ".svg").body, reply.body);
}

ROUTE_REFUSES(HttpFront, kQr, QrCodeNeedsANumber) {
  ExpectProblem(Get(port(), "/qr/0000-4711-31.svg"), 400, "registration_number_check",
                "registration_number");
  ExpectProblem(Get(port(), "/qr/" + Number() + ".png"), 404, "route_unknown");
}

// It names the person, and never says an answer.
ROUTE_ANSWERS(HttpFront, kBadge, BadgeNamesThePerson) {
  const HttpReply reply = Get(port(), "/badge/" + Number() + ".svg");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr(kName));
  EXPECT_THAT(reply.body, HasSubstr(Number()));
  EXPECT_THAT(reply.body, testing::Not(HasSubstr("YES")));
  registry::PractitionerAmended amended{*registry::Day::Parse("2026-01-01")};
  const Filed wrong = running_->File(story_->clinic, story_->practitioner, amended,
                                     {{"name", Json::String("Wrong Person")}});
  EXPECT_THAT(Get(port(), "/badge/" + Number() + ".svg").body, HasSubstr("Wrong Person"));
  running_->File(story_->clinic, story_->practitioner,
                 registry::Withdrawal{wrong.id, std::nullopt, registry::WithdrawalReason::kFalse});
  EXPECT_THAT(Get(port(), "/badge/" + Number() + ".svg").body, HasSubstr(kName));
  const Filed hostile =
      running_->File(story_->clinic, std::nullopt, registry::PractitionerRegistered{},
                     {{"name", Json::String("</title><script>\"'&")}});
  const HttpReply escaped = Get(port(), "/badge/" + NumberOf(hostile) + ".svg");
  EXPECT_EQ(escaped.status, 200);
  EXPECT_THAT(escaped.body, testing::Not(HasSubstr("<script")));
  EXPECT_THAT(escaped.body, HasSubstr("&lt;script&gt;&quot;'&amp;"));
}

ROUTE_REFUSES(HttpFront, kBadge, BadgeIsOfPractitioners) {
  ExpectProblem(Get(port(), "/badge/" + registry::RegistrationNumber({0}) + ".svg"), 404,
                "subject_unknown");
  ExpectProblem(Get(port(), "/badge/" + registry::RegistrationNumber({99999}) + ".svg"), 404,
                "subject_unknown");
}

constexpr char kPage[] = "/";
constexpr char kFile[] = "/{file...}";

// The frame refers only to files that are there, and allows itself nothing else.
ROUTE_ANSWERS(HttpFront, kPage, PageIsServedWithAllItsFiles) {
  const HttpReply page = Get(port(), "/?number=" + Number());
  ASSERT_EQ(page.status, 200);
  EXPECT_EQ(page.Header("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.Header("content-security-policy"), HasSubstr("script-src 'self';"));
  size_t files = 0;
  for (const std::string mark : {"href=\"", "src=\""}) {
    for (size_t at = page.body.find(mark); at != std::string::npos;
         at = page.body.find(mark, at + 1)) {
      const size_t begin = at + mark.size();
      const std::string file = page.body.substr(begin, page.body.find('"', begin) - begin);
      if (file == "./" || file.starts_with('#')) continue;
      EXPECT_EQ(Ask(port(), "HEAD", "/" + file).status, 200) << file;
      ++files;
    }
  }
  EXPECT_GT(files, 20u);
}

ROUTE_REFUSES(HttpFront, kPage, PageIsOnlyRead) { EXPECT_EQ(Ask(port(), "POST", "/").status, 405); }

ROUTE_ANSWERS(HttpFront, kFile, FilesHaveTheirTypes) {
  const HttpReply script = Get(port(), "/verify/verify.js");
  ASSERT_EQ(script.status, 200);
  EXPECT_EQ(script.Header("content-type"), "text/javascript; charset=utf-8");
  EXPECT_THAT(script.body, HasSubstr("export"));
  EXPECT_EQ(Get(port(), "/style.css").Header("content-type"), "text/css; charset=utf-8");
  EXPECT_EQ(Get(port(), "/verify/verify.js", {"If-None-Match: " + script.Header("etag")}).status,
            304);
}

ROUTE_REFUSES(HttpFront, kFile, FilesAreThoseOfThePage) {
  for (const char* missing : {"/verify/cli.js", "/README.md", "/verify", "/keys/log.key"}) {
    ExpectProblem(Get(port(), missing), 404, "route_unknown");
  }
}

constexpr char kShort[] = "/p/{registration_number}";

ROUTE_ANSWERS(HttpFront, kShort, ShortAddressLeadsToThePage) {
  const HttpReply reply = Get(port(), "/p/" + Number() + "?on=2026-05-03&lang=cy");
  EXPECT_EQ(reply.status, 307);
  EXPECT_EQ(reply.Header("location"), "../?number=" + Number() + "&on=2026-05-03&lang=cy");
}

ROUTE_REFUSES(HttpFront, kShort, ShortAddressNeedsANumber) {
  ExpectProblem(Get(port(), "/p/0000-4711-31"), 400, "registration_number_check",
                "registration_number");
  EXPECT_EQ(Get(port(), "/p/%0d%0aX:y").status, 400);
  ExpectProblem(Get(port(), "/p/" + Number() + "?number=" + Number()), 400, "query_twice",
                "number");
}

constexpr char kTrust[] = "/trust.json";

// Evidence verifies with it.
ROUTE_ANSWERS(HttpFront, kTrust, TrustFileIsOfThisRegister) {
  const Json json = Get(port(), kTrust).Json();
  EXPECT_EQ(*json.FindString("origin"), kOrigin);
  EXPECT_EQ(*json.FindString("log_key"), running_->anchors().log_key.ToVkey());
  EXPECT_EQ(*json.FindString("genesis"), running_->anchors().genesis.Hex());
}

ROUTE_REFUSES(HttpFront, kTrust, TrustFileTakesNoQuery) {
  ExpectProblem(Get(port(), "/trust.json?x=1"), 400, "query_unknown", "x");
}

constexpr char kSite[] = "/site.json";

ROUTE_ANSWERS(HttpFront, kSite, SiteIsHere) {
  EXPECT_EQ(*Get(port(), kSite).Json().FindString("api"), ".");
}

ROUTE_REFUSES(HttpFront, kSite, SiteTakesNoQuery) {
  ExpectProblem(Get(port(), "/site.json?x=1"), 400, "query_unknown", "x");
}

TEST_F(HttpFront, NothingElseIsServed) {
  for (const char* path : {"/v1", "/v1/practitioners", "/v1/subjects", "/index.php", "/v2/names",
                           "/tile", "/v1/practitioners/x", "/v1/names/x"}) {
    ExpectProblem(Get(port(), path), 404, "route_unknown");
  }
  ExpectProblem(Get(port(), "/v1/../etc/passwd"), 400, "target_form");
}

TEST_F(HttpFront, OneConnectionServesManyRequests) {
  Wire wire(port(), Wire::As::kTls);
  const std::string request = "GET /checkpoint HTTP/1.1\r\nHost: x\r\n\r\n";
  // Two at once, and a third behind them.
  ASSERT_TRUE(wire.Send(request + request));
  ASSERT_TRUE(wire.Send("GET /checkpoint HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  const std::string all = wire.ReadAll();
  size_t replies = 0;
  for (size_t at = all.find("HTTP/1.1 200"); at != std::string::npos;
       at = all.find("HTTP/1.1 200", at + 1)) {
    ++replies;
  }
  EXPECT_EQ(replies, 3u);
}

}  // namespace
}  // namespace bonafide::server
