#include "certs/note.h"

#include <gtest/gtest.h>

#include "certs/base64.h"
#include "certs/reason.h"
#include "tests/certs/fixed_random.h"

namespace bonafide::certs {
namespace {

// Golden vectors: the key and note of C2SP signed-note, and those of Go's sumdb/note documentation.
constexpr char kC2spVkey[] =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr char kGoVkey[] = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr char kGoSeed[] = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr char kGoNote[] =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\xe2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/"
    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

constexpr char kC2spNote[] =
    "This is an example message.\n"
    "\n"
    "\xe2\x80\x94 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";
constexpr char kGoSecondVkey[] = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
constexpr char kGoSecondLine[] =
    "\xe2\x80\x94 EnochRoot "
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/"
    "5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

std::shared_ptr<const Signer> NewKey(uint8_t first) {
  CountingRandom random(first);
  return std::make_shared<PrivateKey>(PrivateKey::Generate(Algorithm::kEd25519, random));
}

NoteSigner NewSigner(const std::string& name, uint8_t first) {
  return *NoteSigner::Create(name, NoteKeyType::kEd25519, NewKey(first));
}

const NoteSigner& Log() {
  static const NoteSigner signer = NewSigner("register.example/demo", 1);
  return signer;
}

std::string Line(const std::string& name, const std::string& base64) {
  return "\xe2\x80\x94 " + name + " " + base64 + "\n";
}

std::string Reason(const std::string& bytes) {
  return ReasonOf(OpenNote(bytes, {Log().verifier()}).status());
}

TEST(NoteKeyTest, VkeysOfOthersReturn) {
  for (const char* vkey : {kC2spVkey, kGoVkey}) {
    const auto verifier = NoteVerifier::FromVkey(vkey);
    ASSERT_TRUE(verifier.ok()) << verifier.status();
    EXPECT_EQ(verifier->ToVkey(), vkey);
    EXPECT_EQ(verifier->type(), NoteKeyType::kEd25519);
  }
  EXPECT_EQ(NoteVerifier::FromVkey(kC2spVkey)->key_id(), 0x530d903au);
  EXPECT_EQ(NoteVerifier::FromVkey(kGoVkey)->name(), "PeterNeumann");
}

TEST(NoteKeyTest, TheTypeIsPartOfTheIdentifier) {
  const PublicKey& key = Log().verifier().key();
  const auto cosigner = NoteVerifier::Create("w.example", NoteKeyType::kCosignature, key);
  const auto plain = NoteVerifier::Create("w.example", NoteKeyType::kEd25519, key);
  EXPECT_NE(cosigner->key_id(), plain->key_id());
  EXPECT_EQ(NoteVerifier::FromVkey(cosigner->ToVkey())->type(), NoteKeyType::kCosignature);
  const Digest digest = Sha256({"w.example\n\x04", key.raw()});
  EXPECT_EQ(cosigner->key_id(), NoteKeyId("w.example", NoteKeyType::kCosignature, key));
  EXPECT_EQ(cosigner->ToVkey().substr(10, 8), digest.Hex().substr(0, 8));
}

TEST(NoteKeyTest, BadVkeysAreRefused) {
  const std::string good = kC2spVkey;
  for (const std::string& bad :
       {std::string(), std::string("+"), std::string("++"), good.substr(0, good.rfind('+')),
        "x" + good, std::string("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
        std::string("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
        std::string("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
        std::string("example.com/foo+0530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
        std::string("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
        good + "\n", good + "=", good + "AAAA", good.substr(0, good.size() - 4),
        "PRIVATE+KEY+" + good}) {
    EXPECT_EQ(ReasonOf(NoteVerifier::FromVkey(bad).status()), "note_vkey") << bad;
  }
  // Other types, with the right identifier.
  for (char type : {'\x00', '\x02', '\x05', '\x06', '\xff'}) {
    const std::string key = type + Log().verifier().key().raw();
    const std::string vkey =
        "a+" + Sha256({"a\n", key}).Hex().substr(0, 8) + "+" + Base64Encode(key);
    EXPECT_EQ(ReasonOf(NoteVerifier::FromVkey(vkey).status()), "note_vkey") << vkey;
  }
  // A small-order key, with the right identifier.
  const std::string weak = std::string("\x01\x01", 2) + std::string(31, '\0');
  const std::string id = Sha256({"a\n", weak}).Hex().substr(0, 8);
  EXPECT_EQ(ReasonOf(NoteVerifier::FromVkey("a+" + id + "+" + Base64Encode(weak)).status()),
            "key_point");
}

TEST(NoteKeyTest, NamesHaveNoSpaceAndNoPlus) {
  for (std::string_view good : {"a", "register.example/demo", "PeterNeumann", "\xc3\xa9"}) {
    EXPECT_TRUE(IsNoteKeyName(good)) << good;
  }
  for (std::string_view bad : {"", " ", "a b", "a+b", "a\tb", "a\nb",
                               "a\xc2\xa0"
                               "b",
                               "\xe2\x80\x83", "a\xe3\x80\x80", "\xe2\x80\xa8", "\xc2\x85",
                               "\xe1\x9a\x80", "\xff", "\x01", "a\x7f", "\xc2\x80", "a\xc2\x9f"}) {
    EXPECT_FALSE(IsNoteKeyName(bad)) << bad;
  }
  EXPECT_TRUE(IsNoteKeyName(std::string(255, 'a')));
  EXPECT_FALSE(IsNoteKeyName(std::string(256, 'a')));
  EXPECT_EQ(
      ReasonOf(NoteVerifier::Create("a b", NoteKeyType::kEd25519, Log().verifier().key()).status()),
      "note_key");
}

TEST(NoteKeyTest, OnlyEd25519SignsNotes) {
  auto key = std::make_shared<PrivateKey>(PrivateKey::Generate(Algorithm::kEs256));
  EXPECT_EQ(ReasonOf(NoteSigner::Create("a", NoteKeyType::kEd25519, key).status()), "note_key");
}

TEST(NoteTest, GoldenNoteOfGo) {
  const auto verifier = NoteVerifier::FromVkey(kGoVkey);
  const auto note = OpenNote(kGoNote, {*verifier});
  ASSERT_TRUE(note.ok()) << note.status();
  ASSERT_EQ(note->signatures.size(), 1u);
  EXPECT_EQ(WriteNote(*note), kGoNote);
  const std::string seed = Base64Decode(kGoSeed)->substr(1);
  const auto signer =
      NoteSigner::Create("PeterNeumann", NoteKeyType::kEd25519,
                         std::make_shared<PrivateKey>(*PrivateKey::FromEd25519Seed(seed)));
  EXPECT_EQ(signer->verifier().ToVkey(), kGoVkey);
  EXPECT_EQ(*SignNote(note->text, {*signer}), kGoNote);
}

TEST(NoteTest, GoldenNoteOfC2sp) {
  const auto note = OpenNote(kC2spNote, {*NoteVerifier::FromVkey(kC2spVkey)});
  ASSERT_TRUE(note.ok()) << note.status();
  EXPECT_EQ(note->text, "This is an example message.\n");
  EXPECT_EQ(WriteNote(*note), kC2spNote);
}

TEST(NoteTest, GoldenNoteOfTwoSigners) {
  const std::string bytes = std::string(kGoNote) + kGoSecondLine;
  const auto first = NoteVerifier::FromVkey(kGoVkey);
  const auto second = NoteVerifier::FromVkey(kGoSecondVkey);
  for (const auto& verifiers : {std::vector{*first}, {*second}, {*first, *second}}) {
    EXPECT_TRUE(OpenNote(bytes, verifiers).ok());
  }
  EXPECT_EQ(ReasonOf(OpenNote(bytes, {*NoteVerifier::FromVkey(kC2spVkey)}).status()),
            "note_unsigned");
}

TEST(NoteTest, SplitsAtTheLastBlankLine) {
  const std::string text = "first\n\nsecond\n\n\nthird\n";
  const auto note = OpenNote(*SignNote(text, {Log()}), {Log().verifier()});
  ASSERT_TRUE(note.ok()) << note.status();
  EXPECT_EQ(note->text, text);
}

TEST(NoteTest, UnknownKeysAreIgnored) {
  const std::string signed_by_two = *SignNote("text\n", {NewSigner("other.example", 2), Log()});
  const auto note = OpenNote(signed_by_two, {Log().verifier()});
  ASSERT_TRUE(note.ok()) << note.status();
  EXPECT_EQ(note->signatures.size(), 2u);
  EXPECT_NE(note->Find(Log().verifier().name(), Log().verifier().key_id()), nullptr);
  EXPECT_EQ(note->Find(Log().verifier().name(), Log().verifier().key_id() + 1), nullptr);
  // Nonsense under a known name but another identifier is an unknown key too.
  const std::string nonsense = Line("register.example/demo", "AAAAAAA=");
  EXPECT_TRUE(OpenNote(*SignNote("text\n", {Log()}) + nonsense, {Log().verifier()}).ok());
}

TEST(NoteTest, SomeKnownKeyMustHaveSigned) {
  EXPECT_EQ(Reason(*SignNote("text\n", {NewSigner("other.example", 2)})), "note_unsigned");
  EXPECT_EQ(Reason(*SignNote("text\n", {NewSigner("register.example/demo", 2)})), "note_unsigned");
  EXPECT_EQ(ReasonOf(OpenNote(kGoNote, {}).status()), "note_unsigned");
  // A cosigner's key signs another message and says nothing about the text alone.
  const auto cosigner = NoteVerifier::Create("register.example/demo", NoteKeyType::kCosignature,
                                             Log().verifier().key());
  EXPECT_EQ(ReasonOf(OpenNote(*SignNote("text\n", {Log()}), {*cosigner}).status()),
            "note_unsigned");
  const Note forged = {"text\n",
                       {{cosigner->name(), cosigner->key_id(), *Log().signer().Sign("text\n")}}};
  EXPECT_EQ(ReasonOf(VerifyNote(forged, {*cosigner})), "note_unsigned");
}

TEST(NoteTest, AWrongSignatureOfAKnownKeyRefusesTheNote) {
  const NoteSigner other = NewSigner("other.example", 2);
  Note note = *ParseNote(*SignNote("text\n", {Log(), other}));
  note.signatures[1].signature[5] ^= 1;
  EXPECT_TRUE(VerifyNote(note, {Log().verifier()}).ok());
  EXPECT_EQ(ReasonOf(VerifyNote(note, {Log().verifier(), other.verifier()})),
            "note_signature_wrong");
  note.signatures[1].signature = "short";
  EXPECT_EQ(ReasonOf(VerifyNote(note, {Log().verifier(), other.verifier()})),
            "note_signature_wrong");
}

TEST(NoteTest, TwoSignaturesOfOneKeyAreRefused) {
  const std::string note = *SignNote("text\n", {Log()});
  const std::string line = note.substr(note.find("\n\n") + 2);
  EXPECT_EQ(Reason(note + line), "note_key_twice");
  EXPECT_EQ(Reason(note + Line("x", "AAAAAAA=") + Line("x", "AAAAAAE=")), "note_key_twice");
  EXPECT_EQ(ReasonOf(SignNote("text\n", {Log(), Log()}).status()), "note_key_twice");
}

TEST(NoteTest, SyntaxIsExact) {
  const std::string good = *SignNote("text\n", {Log()});
  const std::string line = good.substr(good.find("\n\n") + 2);
  const std::string dashless = line.substr(4);
  const std::string name = "register.example/demo";
  for (const std::string& bad : {
           std::string(),
           std::string("\n"),
           std::string("text\n"),
           std::string("text\n\n"),
           "text\n" + line,                      // no blank line
           good + "\n",                          // a blank line after the signatures
           good.substr(0, good.size() - 1),      // no final newline
           good + "more\n",                      // a line that is no signature
           "text\n\n- " + dashless,              // a hyphen for the dash
           "text\n\n\xe2\x80\x93 " + dashless,   // an en dash
           "text\n\n\xe2\x80\x94" + dashless,    // no space
           "text\n\n\xe2\x80\x94  " + dashless,  // two spaces: an empty name
           "text\n\n " + line,
           "text\r\n\r\n" + line,  // CRLF
           "te\txt\n\n" + line,
           "te\xffxt\n\n" + line,
           std::string("te\0xt\n\n", 7) + line,
           "text\n\n" + Line("a+b", "AAAAAAA="),
           "text\n\n" + Line("a\xc2\xa0"
                             "b",
                             "AAAAAAA="),        // a non-breaking space
           "text\n\n" + Line(name, "AAAA"),      // too short for an identifier
           "text\n\n" + Line(name, "AAAAAA=="),  // an identifier without signature
           "text\n\n" + Line(name, ""),
           "text\n\n\xe2\x80\x94 " + name + "\n",
       }) {
    EXPECT_EQ(Reason(bad), "note_syntax") << bad;
  }
}

TEST(NoteTest, Base64IsCanonical) {
  const std::string name = "register.example/demo";
  for (const char* bad :
       {"AAAAAAB=", "AAAAAAA", "AAAAAAA= ", "AAAA AAA=", "AAAAAA-=", "AAAAAAA=="}) {
    EXPECT_EQ(Reason("text\n\n" + Line(name, bad)), "base64") << bad;
  }
}

TEST(NoteTest, SizeAndLinesAreCapped) {
  std::string note = *SignNote("text\n", {Log()});
  for (int i = 1; i < 64; ++i) note += Line("w" + std::to_string(i), "AAAAAAA=");
  EXPECT_TRUE(OpenNote(note, {Log().verifier()}).ok());
  EXPECT_EQ(Reason(note + Line("w64", "AAAAAAA=")), "note_size");
  EXPECT_EQ(Reason(*SignNote(std::string(65'536, 'x') + "\n", {Log()})), "note_size");
  EXPECT_EQ(ReasonOf(ParseNote(note, {.size_bytes = note.size() - 1}).status()), "note_size");
}

TEST(NoteTest, SignersRefuseWhatIsNoNoteText) {
  for (const std::string& text :
       {std::string(), std::string("text"), std::string("a\r\n"), std::string("\xff\n")}) {
    EXPECT_EQ(ReasonOf(SignNote(text, {Log()}).status()), "note_syntax") << text;
  }
  const auto cosigner = NoteSigner::Create("w.example", NoteKeyType::kCosignature, NewKey(3));
  EXPECT_EQ(ReasonOf(cosigner->Sign("text\n").status()), "note_key");
}

TEST(NoteTest, EveryFlippedBitIsRefused) {
  const std::string note = *SignNote("register.example/demo\n4\nAAAA\n", {Log()});
  for (size_t bit = 0; bit < 8 * note.size(); ++bit) {
    std::string other = note;
    other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(OpenNote(other, {Log().verifier()}).ok()) << bit;
  }
  for (size_t size = 0; size < note.size(); ++size) {
    EXPECT_FALSE(OpenNote(note.substr(0, size), {Log().verifier()}).ok()) << size;
  }
}

}  // namespace
}  // namespace bonafide::certs
