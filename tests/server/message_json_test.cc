#include "server/http/message_json.h"

#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>

#include "bonafide/v1/log.pb.h"
#include "bonafide/v1/lookup.pb.h"
#include "bonafide/v1/submission.pb.h"
#include "certs/json.h"

namespace bonafide::server::http {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Sets about every second field to something.
class Filler {
 public:
  explicit Filler(unsigned seed) : random_(seed) {}

  void Fill(Message& message, int depth = 0) {
    const auto& type = *message.GetDescriptor();
    const auto& reflection = *message.GetReflection();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor* field = type.field(i);
      const int count = field->is_repeated() ? static_cast<int>(random_() % 4) : 1;
      for (int at = 0; at < count && random_() % 2 == 0; ++at) {
        FillOne(message, reflection, field, depth);
      }
    }
  }

 private:
  std::string Text() {
    static const std::string kTexts[] = {"",
                                         "plain",
                                         "quote \" and \\",
                                         "<script>&amp;",
                                         "\1\2\x1f\x7f",
                                         "\n\r\t\b\f",
                                         "Zo\xC3\xAB \xE2\x80\xA8 \xF0\x9F\x98\x80"};
    return kTexts[random_() % std::size(kTexts)];
  }
  uint64_t Number() {
    static constexpr uint64_t kNumbers[] = {0, 1, 4711, UINT32_MAX, UINT64_MAX, INT64_MAX};
    return kNumbers[random_() % std::size(kNumbers)];
  }
  void FillOne(Message& message, const google::protobuf::Reflection& reflection,
               const FieldDescriptor* field, int depth) {
    const bool many = field->is_repeated();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING: {
        std::string text = Text();
        if (field->type() == FieldDescriptor::TYPE_BYTES) text += "\xff\xfe";
        many ? reflection.AddString(&message, field, text)
             : reflection.SetString(&message, field, text);
        break;
      }
      case FieldDescriptor::CPPTYPE_BOOL:
        many ? reflection.AddBool(&message, field, random_() % 2 == 0)
             : reflection.SetBool(&message, field, random_() % 2 == 0);
        break;
      case FieldDescriptor::CPPTYPE_UINT32:
        many ? reflection.AddUInt32(&message, field, static_cast<uint32_t>(Number()))
             : reflection.SetUInt32(&message, field, static_cast<uint32_t>(Number()));
        break;
      case FieldDescriptor::CPPTYPE_UINT64:
        many ? reflection.AddUInt64(&message, field, Number())
             : reflection.SetUInt64(&message, field, Number());
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        many ? reflection.AddInt64(&message, field, static_cast<int64_t>(Number()))
             : reflection.SetInt64(&message, field, static_cast<int64_t>(Number()));
        break;
      case FieldDescriptor::CPPTYPE_ENUM: {
        const auto* type = field->enum_type();
        const auto* value = type->value(static_cast<int>(random_() % 97) % type->value_count());
        many ? reflection.AddEnum(&message, field, value)
             : reflection.SetEnum(&message, field, value);
        break;
      }
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (depth > 4) break;
        Fill(many ? *reflection.AddMessage(&message, field)
                  : *reflection.MutableMessage(&message, field),
             depth + 1);
        break;
      default:
        ADD_FAILURE() << field->full_name() << ": the writer does not know its type";
    }
  }

  std::mt19937 random_;
};

// What the library reads is what was written; and it writes the same.
TEST(MessageJson, IsWhatTheLibraryReads) {
  const std::unique_ptr<Message> kinds[] = {
      std::make_unique<v1::Verdict>(),
      std::make_unique<v1::GetSubjectResponse>(),
      std::make_unique<v1::SearchByNameResponse>(),
      std::make_unique<v1::GetCheckpointResponse>(),
      std::make_unique<v1::GetInclusionProofResponse>(),
      std::make_unique<v1::GetConsistencyProofResponse>(),
      std::make_unique<v1::VerifyManyResponse>(),
      std::make_unique<v1::SubmitEventResponse>(),
  };
  size_t size_bytes = 0;
  for (const auto& kind : kinds) {
    for (unsigned seed = 0; seed < 300; ++seed) {
      const std::unique_ptr<Message> message(kind->New());
      Filler(seed).Fill(*message);
      const auto json = ToJson(*message);
      ASSERT_TRUE(json.ok()) << json.status();
      const std::unique_ptr<Message> read(kind->New());
      ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(*json, read.get()).ok()) << *json;
      EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*message, *read)) << *json;
      // The library reads more than JSON is.
      EXPECT_TRUE(certs::ParseJson(*json).ok()) << *json;
      size_bytes += json->size();
    }
  }
  EXPECT_GT(size_bytes, 100'000u) << "the messages were nearly empty";
  v1::FiledRecord plain;
  plain.set_event_id("abc");
  plain.set_signer(UINT64_MAX);
  plain.set_grade(v1::GRADE_ISSUER_SIGNED);
  std::string expected;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(plain, &expected).ok());
  EXPECT_EQ(*ToJson(plain), expected);
}

}  // namespace
}  // namespace bonafide::server::http
