#include "merkle/checkpoint.h"

#include <gtest/gtest.h>

#include "certs/base64.h"
#include "certs/reason.h"
#include "merkle/hash.h"
#include "tests/merkle/golden_keys.h"

namespace bonafide::merkle {
namespace {

const Checkpoint kGolden{kGoldenOrigin, TreeSize{70000}, Sha256("golden root")};

std::string ReasonFor(const std::string& text) { return ReasonOf(ParseCheckpoint(text).status()); }

// `text` signed by the log as it stands, however malformed.
std::string Signed(const std::string& text) { return *certs::SignNote(text, {GoldenLog()}); }

TEST(Checkpoint, GoldenBytes) {
  const std::string golden = GoldenFile("checkpoint.note");
  const auto note = SignCheckpoint(kGolden, GoldenLog());
  ASSERT_TRUE(note.ok()) << note.status();
  EXPECT_EQ(*note, golden);
  const auto opened = OpenCheckpoint(golden, GoldenLog().verifier());
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->checkpoint, kGolden);
  EXPECT_EQ(opened->note.text, FormatCheckpoint(kGolden));
  EXPECT_EQ(golden.substr(0, opened->note.text.size()), opened->note.text);
  EXPECT_EQ(GoldenLog().verifier().ToVkey() + "\n" + GoldenCosigner().verifier().ToVkey() + "\n",
            GoldenFile("keys.txt"));
}

// A checkpoint published in the discussion of C2SP issue 99, with its key.
TEST(Checkpoint, OpensOneOfAnotherImplementation) {
  const std::string origin =
      "sigsum.org/v1/tree/e796172b92befd62d9dc67e41c2f5bc9d3100a3023b20b1ca40288dd1c679e69";
  const auto raw =
      Digest::FromHex("66e0b858e462a609e66fe71370c816d8846ff103d5499a22a7fec37fdbc424a7");
  const auto key = certs::PublicKey::FromEd25519Raw(raw->view());
  ASSERT_TRUE(key.ok()) << key.status();
  const auto log = certs::NoteVerifier::Create(origin, certs::NoteKeyType::kEd25519, *key);
  ASSERT_TRUE(log.ok()) << log.status();
  const std::string note =
      origin + "\n10\nHA5HAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\u2014 " + origin +
      " gJ2ho0n8F8olcerUF1FFdv235A/5as/coWrpLrtE7ovMeP5whgwouYExowG/"
      "lTznxu6OUGjjt5yJQ6bXtTcf718MqAQ="
      "\n";
  const auto opened = OpenCheckpoint(note, *log);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(opened->checkpoint.size.value, 10u);
  EXPECT_EQ(opened->checkpoint.root.Hex().substr(0, 8), "1c0e4700");
}

TEST(Checkpoint, EverySizeItMayState) {
  for (uint64_t size : {uint64_t{1}, uint64_t{9}, uint64_t{10}, kMaxCheckpointSize}) {
    const Checkpoint checkpoint{"register.example", TreeSize{size}, Sha256("root")};
    EXPECT_EQ(*ParseCheckpoint(FormatCheckpoint(checkpoint)), checkpoint);
  }
  const Checkpoint empty{"register.example", TreeSize{0}, EmptyRoot()};
  EXPECT_EQ(*ParseCheckpoint(FormatCheckpoint(empty)), empty);
}

TEST(Checkpoint, RefusesMalformedText) {
  const std::string root = certs::Base64Encode(Sha256("root").view());
  const std::string lines = "register.example\n7\n" + root + "\n";
  ASSERT_EQ(ReasonFor(lines), "");
  EXPECT_EQ(ReasonFor(""), "checkpoint_syntax");
  EXPECT_EQ(ReasonFor("register.example\n7\n"), "checkpoint_syntax");
  EXPECT_EQ(ReasonFor(lines.substr(0, lines.size() - 1)), "checkpoint_syntax");
  EXPECT_EQ(ReasonFor("register.example\r\n7\r\n" + root + "\r\n"), "checkpoint_syntax");
  EXPECT_EQ(ReasonFor(lines + "extension\n"), "checkpoint_extension");
  EXPECT_EQ(ReasonFor(lines + "\n"), "checkpoint_extension");
  EXPECT_EQ(ReasonFor(lines + "x"), "checkpoint_extension");
}

TEST(Checkpoint, RefusesOrigins) {
  const std::string rest = "\n7\n" + certs::Base64Encode(Sha256("root").view()) + "\n";
  for (const std::string& origin :
       {std::string(), std::string("a b"), std::string("a+b"), std::string("a\tb"),
        std::string("register\u00a0example"), std::string("register\u2003example"),
        std::string("a\xff"), std::string("a\0b", 3), std::string(256, 'a')}) {
    EXPECT_EQ(ReasonFor(origin + rest), "checkpoint_origin") << origin;
  }
  EXPECT_EQ(ReasonFor(std::string(255, 'a') + rest), "");
}

TEST(Checkpoint, RefusesSizes) {
  const std::string rest = "\n" + certs::Base64Encode(Sha256("root").view()) + "\n";
  for (const char* size :
       {"", "07", "00", "+7", "-7", " 7", "7 ", "7.0", "0x7", "7e1", "seven", "9223372036854775808",
        "18446744073709551615", "18446744073709551616", "99999999999999999999999"}) {
    EXPECT_EQ(ReasonFor("register.example\n" + std::string(size) + rest), "checkpoint_size")
        << size;
  }
}

TEST(Checkpoint, RefusesRoots) {
  const std::string root = certs::Base64Encode(Sha256("root").view());
  const auto with = [&](const std::string& line) {
    return ReasonFor("register.example\n7\n" + line + "\n");
  };
  ASSERT_EQ(with(root), "");
  std::string spare_bits = root;
  const size_t last = root.size() - 2;
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  spare_bits[last] = alphabet[alphabet.find(root[last]) + 1];
  EXPECT_EQ(with(spare_bits), "checkpoint_root");
  EXPECT_EQ(with(root.substr(0, root.size() - 1)), "checkpoint_root");  // no padding
  EXPECT_EQ(with(root + " "), "checkpoint_root");
  EXPECT_EQ(with(""), "checkpoint_root");
  EXPECT_EQ(with(certs::Base64Encode(std::string(31, 'r'))), "checkpoint_root");
  EXPECT_EQ(with(certs::Base64Encode(std::string(33, 'r'))), "checkpoint_root");
  EXPECT_EQ(with(Sha256("root").Hex()), "checkpoint_root");
  EXPECT_EQ(ReasonFor("register.example\n0\n" + root + "\n"), "checkpoint_root");
}

TEST(Checkpoint, SignsOnlyAsItsOrigin) {
  Checkpoint other = kGolden;
  other.origin = "other.example/log";
  EXPECT_EQ(ReasonOf(SignCheckpoint(other, GoldenLog()).status()), "checkpoint_origin");
  EXPECT_EQ(
      ReasonOf(
          SignCheckpoint({kGoldenWitness, TreeSize{7}, Sha256("root")}, GoldenCosigner()).status()),
      "checkpoint_origin");
  Checkpoint large = kGolden;
  large.size.value = kMaxCheckpointSize + 1;
  EXPECT_EQ(ReasonOf(SignCheckpoint(large, GoldenLog()).status()), "checkpoint_size");
}

TEST(Checkpoint, OpensOnlyUnderItsLog) {
  const certs::NoteVerifier log = GoldenLog().verifier();
  const std::string golden = GoldenFile("checkpoint.note");
  const auto reason = [](const std::string& note, const certs::NoteVerifier& verifier) {
    return ReasonOf(OpenCheckpoint(note, verifier).status());
  };
  // The same name with another key, the same key with another name, and a key of another type.
  EXPECT_EQ(reason(golden, SignerFrom(64, kGoldenOrigin, certs::NoteKeyType::kEd25519).verifier()),
            "note_unsigned");
  EXPECT_EQ(reason(golden, SignerFrom(0, "other.example", certs::NoteKeyType::kEd25519).verifier()),
            "note_unsigned");
  EXPECT_EQ(
      reason(golden, SignerFrom(0, kGoldenOrigin, certs::NoteKeyType::kCosignature).verifier()),
      "checkpoint_origin");
  // The log's key under a checkpoint that states another origin.
  EXPECT_EQ(
      reason(Signed("other.example\n7\n" + certs::Base64Encode(Sha256("root").view()) + "\n"), log),
      "checkpoint_origin");
  // Signed, but no checkpoint.
  EXPECT_EQ(reason(Signed(FormatCheckpoint(kGolden) + "extension\n"), log), "checkpoint_extension");
  EXPECT_EQ(reason(Signed("register.example/log\n007\n"), log), "checkpoint_syntax");
  // One key twice.
  const std::string line = golden.substr(golden.find("\u2014"));
  EXPECT_EQ(reason(golden + line, log), "note_key_twice");
  EXPECT_EQ(reason(golden.substr(0, golden.size() - 1) + "\r\n", log), "note_syntax");
}

TEST(Checkpoint, NoByteMayChange) {
  const certs::NoteVerifier log = GoldenLog().verifier();
  const std::string golden = GoldenFile("checkpoint.note");
  for (size_t i = 0; i < golden.size(); ++i) {
    for (unsigned char flip : {0x01, 0x20, 0x80}) {
      std::string changed = golden;
      changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ flip);
      EXPECT_FALSE(OpenCheckpoint(changed, log).ok()) << "byte " << i << " with " << int{flip};
    }
    EXPECT_FALSE(OpenCheckpoint(golden.substr(0, i), log).ok()) << "the first " << i;
  }
  EXPECT_FALSE(OpenCheckpoint(golden + "x", log).ok());
}

}  // namespace
}  // namespace bonafide::merkle
