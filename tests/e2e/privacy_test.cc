// What identifies a person is where it was meant to be, and nowhere else: not in the log of the
// server, its metrics, its errors, the public log, or an answer to somebody who may not see it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "certs/base64.h"
#include "certs/sd_jwt.h"
#include "merkle/frame.h"
#include "registry/entry.h"
#include "tests/e2e/admin_page.h"
#include "tests/e2e/cast.h"
#include "tests/e2e/example_paper.h"
#include "tests/e2e/served_register.h"
#include "tests/e2e/status_text.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::e2e {
namespace {

using certs::Json;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kName[] = "Canarina Exemplaria";
constexpr char kTown[] = "Canaryville-upon-Example";
constexpr char kBirthDate[] = "1971-02-03";
constexpr char kCertificate[] = "CANARY-CERT-4711";
constexpr char kPolicy[] = "CANARY-POLICY-0815";

class PrivacyTest : public ::testing::Test {
 protected:
  PrivacyTest() : served_(directory_ / "register"), paper_(ExamplePdf("canary paper", 1000)) {
    served_.Configure("log_level", "\"debug\"");
    served_.Start();
    visitor_.emplace(served_, directory_ / "state");
    cast_.emplace(served_, *visitor_);
    const auto filed = File(cast_->clinic, registry::PractitionerRegistered{}, std::nullopt,
                            {{"name", Json::String(kName)},
                             {"town", Json::String(kTown)},
                             {"birth_date", Json::String(kBirthDate)}});
    person_ = Party{{filed.subject, filed.id}, nullptr};
    visitor_->Act(cast_->clinic);
    EXPECT_EQ(Text(visitor_->remote().UploadPaper(paper_)), "ok");
    File(cast_->awarding_body, cast_->TrainingOf(registry::Grade::kIssuerSigned), person_.about,
         {{"certificate_number", Json::String(kCertificate)}, PaperSlot("papers", paper_)});
    File(cast_->insurer, cast_->Policy(), person_.about,
         {{"policy_number", Json::String(kPolicy)}});
  }

  client::Filed File(const Party& by, registry::EventBody body, std::optional<client::About> about,
                     std::vector<registry::OpenedSlot> personal) {
    const auto event = visitor_->Sign(by, std::move(body), about, std::move(personal));
    EXPECT_EQ(Text(event), "ok");
    tokens_.push_back(event->Framed());
    for (const std::string& encoded : event->disclosures) {
      const auto disclosure = certs::ParseDisclosure(encoded);
      EXPECT_EQ(Text(disclosure), "ok");
      secrets_.push_back(encoded);
      const auto array = certs::ParseJson(*certs::Base64UrlDecode(encoded));
      secrets_.push_back(*array->items().front().AsString());  // the salt
    }
    const auto receipt = visitor_->remote().Submit(event->Framed());
    EXPECT_EQ(Text(receipt), "ok");
    const auto entry = registry::ParseEventEntry(receipt->entry);
    return {registry::EventId{Sha256(event->jwt.substr(0, event->jwt.rfind('.')))},
            entry->subjects.front(), merkle::LogIndex{receipt->index}, entry->time_ms};
  }

  // Everything that identifies somebody, and the salts that hide it.
  std::vector<std::string> Canaries() const {
    std::vector<std::string> all = {kName,   "Canarina",    "Exemplaria",
                                    kTown,   "Canaryville", kCertificate,
                                    kPolicy, kBirthDate,    "canary paper"};
    all.insert(all.end(), secrets_.begin(), secrets_.end());
    return all;
  }
  void ExpectNone(const std::string& text, const std::string& where) const {
    std::string folded = text;
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (std::string canary : Canaries()) {
      EXPECT_EQ(text.find(canary), std::string::npos) << canary << " in " << where;
      std::transform(canary.begin(), canary.end(), canary.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      EXPECT_EQ(folded.find(canary), std::string::npos) << canary << " in " << where;
    }
  }
  // What `visitor` is shown of the person, decoded.
  std::string Shown(const Visitor& visitor) {
    const auto answer = visitor.Ask(cast_->Ask(person_));
    EXPECT_EQ(Text(answer), "ok");
    std::string shown;
    for (const registry::SubjectEvidence& subject : answer->evidence.subjects) {
      std::string rest = subject.disclosures;
      for (size_t end = rest.find('~'); end != std::string::npos; end = rest.find('~')) {
        shown += *certs::Base64UrlDecode(rest.substr(0, end)) + "\n";
        rest.erase(0, end + 1);
      }
    }
    return shown;
  }
  absl::Status Fetch(const Visitor& visitor, const std::string& paper) {
    return visitor.remote()
        .FetchPaper(Sha256(paper), [](std::string_view) { return absl::OkStatus(); })
        .status();
  }

  const storage::TemporaryDirectory directory_;
  ServedRegister served_;
  const std::string paper_;
  std::optional<Visitor> visitor_;
  std::optional<Cast> cast_;
  Party person_;
  std::vector<std::string> tokens_;   // `<JWT>~<disclosure>~...~`
  std::vector<std::string> secrets_;  // disclosures and salts
};

TEST_F(PrivacyTest, NothingInLogsMetricsAndErrors) {
  const Visitor stranger(served_, directory_ / "stranger");
  std::string errors;
  int refusals = 0;
  const auto note = [&](const absl::Status& status) {
    refusals += status.ok() ? 0 : 1;
    errors += Text(status) + "\n";
  };
  // Asked for, and refused, in every way that repeats what it got.
  EXPECT_EQ(Text(stranger.remote().Search({kName, kTown, 0, ""})), "ok");
  note(stranger.remote().Search({std::string(kName) + "\x01", kTown, 0, ""}).status());
  note(stranger.remote().Search({kName, kTown, 0, kCertificate}).status());
  for (std::string token : tokens_) {
    note(stranger.remote().Submit(token + secrets_.front() + "~").status());
    note(stranger.remote().Submit(token.substr(0, token.find('~') + 1)).status());
    token[token.find('.') + 20] ^= 1;
    note(stranger.remote().Submit(token).status());
  }
  for (const char* date : {"1971-02-30", "03.02.1971"}) {
    note(visitor_
             ->Sign(cast_->clinic, registry::PractitionerRegistered{}, std::nullopt,
                    {{"name", Json::String(kName)},
                     {"birth_date", Json::String(std::string(kBirthDate) + date)}})
             .status());
  }
  note(Fetch(stranger, paper_));
  registry::Question question = cast_->Ask(person_);
  question.treatment = kCertificate;
  note(stranger.remote().Verify(question, client::Head::kNewest).status());
  EXPECT_GT(refusals, 10) << errors;
  ExpectNone(errors, "an error");

  const std::string metrics = AdminPage(served_, "/metrics");
  EXPECT_THAT(metrics, HasSubstr("bonafide_log_size"));
  ExpectNone(metrics, "the metrics");
  ExpectNone(AdminPage(served_, "/healthz"), "the health");
  visitor_.reset();
  EXPECT_EQ(served_.Stop(), 0);
  EXPECT_THAT(served_.log(), HasSubstr("\"method\":\"SearchByName\"")) << "not logged at all";
  ExpectNone(served_.log(), "the log");
}

TEST_F(PrivacyTest, RestrictedSlotsAreForTheirReaders) {
  const Visitor stranger(served_, directory_ / "stranger");
  const std::string in_public = Shown(stranger);
  EXPECT_THAT(in_public, HasSubstr(kName)) << "the name is what a reader recognises";
  for (const std::string& hidden : {std::string(kCertificate), std::string(kPolicy),
                                    std::string(kBirthDate), Sha256(paper_).Hex()}) {
    EXPECT_THAT(in_public, Not(HasSubstr(hidden)));
  }
  // The clinic registered the person: the numbers are there to be seen.
  EXPECT_THAT(Shown(*visitor_), HasSubstr(kCertificate));
  EXPECT_THAT(Shown(*visitor_), Not(HasSubstr(kBirthDate)));
}

// Who may not have a paper cannot even tell that there is one.
TEST_F(PrivacyTest, RestrictedAndMissingPapersLookAlike) {
  const std::string missing = ExamplePdf("nobody has this", 1000);
  const Visitor nobody(served_, directory_ / "nobody");
  Visitor insurer(served_, directory_ / "insurer");
  insurer.Act(cast_->insurer);
  for (const Visitor* asker : {&nobody, static_cast<const Visitor*>(&insurer)}) {
    const absl::Status restricted = Fetch(*asker, paper_);
    const absl::Status absent = Fetch(*asker, missing);
    EXPECT_FALSE(restricted.ok());
    EXPECT_EQ(restricted.code(), absent.code());
    EXPECT_EQ(ReasonOf(restricted), ReasonOf(absent));
    EXPECT_EQ(restricted.message().size(), absent.message().size());
    std::string text(restricted.message());
    if (const size_t at = text.find(Sha256(paper_).Hex()); at != std::string::npos) {
      text.replace(at, 64, Sha256(missing).Hex());
    }
    EXPECT_EQ(text, std::string(absent.message()));
  }
  EXPECT_EQ(Text(Fetch(*visitor_, paper_)), "ok");
}

// Whoever has the whole log and a list of all names and numbers finds none of them in it.
TEST_F(PrivacyTest, ThePublicLogIdentifiesNobody) {
  std::string bytes;
  std::set<std::string> digests;
  size_t slots = 0;
  ASSERT_EQ(Text(visitor_->remote().StreamEntries(
                merkle::LogIndex{0}, 0,
                [&](merkle::LogIndex, std::string_view frames) -> absl::Status {
                  for (merkle::FrameReader reader(frames); !reader.done();) {
                    const auto entry = reader.Next();
                    if (!entry.ok()) return entry.status();
                    bytes += *entry;
                    bytes += '\n';
                    const auto event = registry::ParseEventEntry(*entry);
                    if (!event.ok()) continue;  // a state entry
                    const std::string token(event->token);
                    const size_t dot = token.find('.');
                    const std::string payload =
                        *certs::Base64UrlDecode(token.substr(dot + 1, token.rfind('.') - dot - 1));
                    bytes += payload + "\n";
                    constexpr std::string_view kDigest = "\"_sd\":[\"";
                    for (size_t at = payload.find(kDigest); at != std::string::npos;
                         at = payload.find(kDigest, at + 1)) {
                      digests.insert(payload.substr(at + kDigest.size(), 43));
                      ++slots;
                    }
                  }
                  return absl::OkStatus();
                })),
            "ok");
  ExpectNone(bytes, "the log of entries");
  EXPECT_EQ(slots, 6U);
  EXPECT_EQ(digests.size(), slots) << "two digests are equal";

  const auto guess = [&](const std::string& text) {
    return digests.contains(certs::Base64UrlEncode(Sha256(text).view()));
  };
  // As control: with its salt, what is there is found.
  EXPECT_TRUE(guess(secrets_.front()));
  std::vector<std::string> values = {kName, kTown, kBirthDate, kCertificate, kPolicy};
  for (int number = 0; number < 2000; ++number) {
    values.push_back("CANARY-CERT-" + std::to_string(number + 3000));
  }
  const std::vector<std::string> salts = {
      "", "0", std::string(22, 'A'), std::to_string(person_.about.number.value), kOrigin, kName};
  for (const std::string& value : values) {
    EXPECT_FALSE(guess(value)) << value;
    EXPECT_FALSE(guess("\"" + value + "\"")) << value;
    for (const std::string& salt : salts) {
      for (const char* separator : {"\",\"", "\", \""}) {
        const std::string array = "[\"" + salt + separator + "value" + separator + value + "\"]";
        EXPECT_FALSE(guess(array)) << array;
        EXPECT_FALSE(guess(certs::Base64UrlEncode(array))) << array;
      }
    }
  }
}

}  // namespace
}  // namespace bonafide::e2e
