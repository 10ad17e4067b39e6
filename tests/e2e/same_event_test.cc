// One event is one entry, however often and in whatever spelling it comes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/bn.h>

#include <optional>
#include <string>

#include "certs/base64.h"
#include "client/clock.h"
#include "merkle/checkpoint.h"
#include "registry/event_schema.h"
#include "tests/e2e/cast.h"
#include "tests/e2e/oracle.h"
#include "tests/e2e/served_register.h"
#include "tests/e2e/status_text.h"
#include "tests/registry/seeded_random.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::e2e {
namespace {

constexpr char kOrderOfP256[] = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";
constexpr size_t kScalarBytes = 32;

// The other signature that the same key's ES256 signature makes valid: (r, n - s).
std::string Malleated(const std::string& jwt) {
  const size_t dot = jwt.rfind('.');
  std::string signature = *certs::Base64UrlDecode(jwt.substr(dot + 1));
  BIGNUM* order = nullptr;
  BN_hex2bn(&order, kOrderOfP256);
  auto* s = reinterpret_cast<unsigned char*>(&signature[kScalarBytes]);
  BIGNUM* scalar = BN_bin2bn(s, kScalarBytes, nullptr);
  BN_sub(scalar, order, scalar);
  BN_bn2binpad(scalar, s, kScalarBytes);
  BN_free(scalar);
  BN_free(order);
  return jwt.substr(0, dot + 1) + certs::Base64UrlEncode(signature);
}

class SameEventTest : public ::testing::Test {
 protected:
  SameEventTest() : served_(directory_ / "register"), oracle_(served_.trust()) {
    served_.Start();
    visitor_.emplace(served_, directory_ / "state");
    cast_.emplace(served_, *visitor_);
    person_ = cast_->Practitioner(*visitor_, "Example Person");
  }

  uint64_t LogSize() {
    const auto note = visitor_->remote().Checkpoint(client::Head::kNewest);
    EXPECT_EQ(Text(note), "ok");
    return merkle::OpenCheckpoint(*note, served_.trust().anchors.log_key)->checkpoint.size.value;
  }
  // Of the clinic about the person, under an identifier drawn from `seed`.
  std::string Training(uint64_t seed, const std::string& title) {
    registry::EventDraft draft;
    draft.issuer = cast_->clinic.about.number;
    draft.issued_at_s = client::SystemClock()() / 1000;
    draft.subject = person_.about.number;
    draft.anchor = person_.about.anchor;
    registry::Training training = cast_->TrainingOf(registry::Grade::kDocumentSeen);
    training.title = title;
    draft.body = training;
    registry::SeededRandom random(seed);
    const auto event = registry::SignEvent(draft, kOrigin, *cast_->clinic.key, random);
    EXPECT_EQ(Text(event), "ok");
    return event.ok() ? event->jwt : "";
  }

  const storage::TemporaryDirectory directory_;
  ServedRegister served_;
  Oracle oracle_;
  std::optional<Visitor> visitor_;
  std::optional<Cast> cast_;
  Party person_;
};

TEST_F(SameEventTest, IsLoggedOnce) {
  const std::string jwt = Training(1, "Example Certificate");
  const auto first = visitor_->remote().Submit(jwt + "~");
  ASSERT_EQ(Text(first), "ok");
  ASSERT_EQ(Text(oracle_.Acknowledged(*first, jwt)), "ok");
  const uint64_t size = LogSize();

  const std::string malleated = Malleated(jwt);
  ASSERT_NE(malleated, jwt);
  for (const std::string& again : {jwt, malleated, Malleated(malleated)}) {
    const auto receipt = visitor_->remote().Submit(again + "~");
    ASSERT_EQ(Text(receipt), "ok");
    EXPECT_EQ(receipt->index, first->index);
    EXPECT_EQ(receipt->entry, first->entry) << "the signature that came first stays";
    EXPECT_EQ(Text(oracle_.Acknowledged(*receipt, jwt)), "ok");
  }
  EXPECT_EQ(LogSize(), size);

  // Also after the register was opened again, with what was only in memory gone.
  served_.Kill();
  served_.Start();
  visitor_.emplace(served_, directory_ / "state");
  const auto later = visitor_->remote().Submit(malleated + "~");
  ASSERT_EQ(Text(later), "ok");
  EXPECT_EQ(later->index, first->index);
  EXPECT_EQ(LogSize(), size);
  EXPECT_EQ(Text(oracle_.HoldAgainst(visitor_->remote())), "ok");
}

TEST_F(SameEventTest, AnIdentifierSaysOneThing) {
  const std::string jwt = Training(2, "Example Certificate");
  ASSERT_EQ(Text(visitor_->remote().Submit(jwt + "~")), "ok");
  const uint64_t size = LogSize();
  const std::string other = Training(2, "Another Certificate");
  ASSERT_NE(other, jwt);
  const auto refused = visitor_->remote().Submit(other + "~");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kAlreadyExists) << Text(refused);
  EXPECT_EQ(ReasonOf(refused.status()), "jti_reused");
  EXPECT_EQ(LogSize(), size);
  // A signature that is neither is no event at all.
  std::string broken = Training(3, "Example Certificate");
  broken[broken.rfind('.') + 10] ^= 1;
  EXPECT_FALSE(visitor_->remote().Submit(broken + "~").ok());
  EXPECT_EQ(LogSize(), size);
}

}  // namespace
}  // namespace bonafide::e2e
