#include "server/http/openapi.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>
#include <utility>

#include "certs/json.h"
#include "server/http/caching.h"

namespace bonafide::server::http {
namespace {

using certs::Json;
using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;

constexpr char kSchemas[] = "#/components/schemas/";

Json Object(Json::Members members) { return Json::Object(std::move(members)); }
Json Text(std::string_view text) { return Json::String(text); }

Json Reference(std::string_view name) {
  return Object({{"$ref", Text(kSchemas + std::string(name))}});
}

Json EnumNames(const google::protobuf::EnumDescriptor& type) {
  std::vector<std::string> names;
  names.reserve(static_cast<size_t>(type.value_count()));
  for (int i = 0; i < type.value_count(); ++i) names.push_back(type.value(i)->name());
  return Json::Strings(names);
}

// The schemas of messages, each once. By name.
class Schemas {
 public:
  // The schema of one value of `field`, as canonical JSON has it.
  Json Of(const FieldDescriptor& field) {
    switch (field.type()) {
      case FieldDescriptor::TYPE_STRING:
        return Object({{"type", Text("string")}});
      case FieldDescriptor::TYPE_BYTES:
        return Object({{"type", Text("string")}, {"contentEncoding", Text("base64")}});
      case FieldDescriptor::TYPE_BOOL:
        return Object({{"type", Text("boolean")}});
      case FieldDescriptor::TYPE_ENUM:
        return Object({{"type", Text("string")}, {"enum", EnumNames(*field.enum_type())}});
      case FieldDescriptor::TYPE_UINT32:
        return Object({{"type", Text("integer")}, {"minimum", Json::Integer(0)}});
      case FieldDescriptor::TYPE_MESSAGE:
        return Message(*field.message_type());
      default:  // 64-bit integers
        return Object({{"type", Text("string")}, {"pattern", Text("^-?(0|[1-9][0-9]*)$")}});
    }
  }

  Json Message(const Descriptor& type) {
    if (!schemas_.contains(type.full_name())) {
      schemas_[type.full_name()];  // it may hold itself
      Json::Members properties;
      for (int i = 0; i < type.field_count(); ++i) {
        const FieldDescriptor& field = *type.field(i);
        Json schema = Of(field);
        if (field.is_repeated()) {
          schema = Object({{"type", Text("array")}, {"items", std::move(schema)}});
        }
        properties.push_back({field.json_name(), std::move(schema)});
      }
      schemas_[type.full_name()] = Object({{"type", Text("object")},
                                           {"properties", Object(std::move(properties))},
                                           {"additionalProperties", Json::Bool(false)}});
    }
    return Reference(type.full_name());
  }

  Json All() && {
    Json::Members all;
    for (auto& [name, schema] : schemas_) all.push_back({name, std::move(schema)});
    return Object(std::move(all));
  }

 private:
  std::map<std::string, Json> schemas_;
};

// The field at `path` below `type`.
const FieldDescriptor& FieldAt(const Descriptor& type, std::string_view path) {
  const size_t dot = path.find('.');
  const FieldDescriptor* field = type.FindFieldByName(std::string(path.substr(0, dot)));
  return dot == std::string_view::npos ? *field
                                       : FieldAt(*field->message_type(), path.substr(dot + 1));
}

Json Number(uint64_t most) {
  return Object({{"type", Text("integer")},
                 {"minimum", Json::Integer(0)},
                 {"maximum", Json::Integer(static_cast<int64_t>(most))}});
}

Json Pattern(std::string_view pattern) {
  return Object({{"type", Text("string")}, {"pattern", Text(pattern)}});
}

// In a query an integer is written as such.
Json QuerySchema(Schemas& schemas, const Parameter& parameter, const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_UINT32:
    case FieldDescriptor::TYPE_UINT64:
    case FieldDescriptor::TYPE_INT64:
      return Number(parameter.most);
    default:
      return parameter.pattern.empty() ? schemas.Of(field) : Pattern(parameter.pattern);
  }
}

// What the braces of a pattern stand for, by their names.
Json PathSchema(std::string_view name) {
  if (name == "registration_number") return Pattern("^[0-9]{4}(-[0-9]{4}){1,3}-[0-9]{2}$");
  if (name == "picture") return Pattern("^[0-9]{4}(-[0-9]{4}){1,3}-[0-9]{2}\\.svg$");
  if (name == "sha256") return Pattern("^[0-9a-f]{64}$");
  if (name == "index" || name == "number") return Number(kMostNumber);
  // Segments without dots of their own.
  return Pattern("^[A-Za-z0-9_-]+([./][A-Za-z0-9_-]+)*$");
}

const DescriptorPool& Pool() { return *DescriptorPool::generated_pool(); }

Json ParametersOf(const Route& route, Schemas& schemas) {
  Json::Items parameters;
  std::string_view pattern = route.pattern;
  for (size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{')) {
    const size_t close = pattern.find('}');
    std::string_view name = pattern.substr(open + 1, close - open - 1);
    if (name.ends_with("...")) name.remove_suffix(3);
    parameters.push_back(Object({{"name", Text(name)},
                                 {"in", Text("path")},
                                 {"required", Json::Bool(true)},
                                 {"schema", PathSchema(name)}}));
    pattern.remove_prefix(close + 1);
  }
  for (const Parameter& parameter : route.parameters) {
    const Descriptor& request = *Pool().FindMessageTypeByName(std::string(route.request));
    parameters.push_back(
        Object({{"name", Text(parameter.name)},
                {"in", Text("query")},
                {"required", Json::Bool(parameter.required)},
                {"description", Text(parameter.description)},
                {"schema", QuerySchema(schemas, parameter, FieldAt(request, parameter.field))}}));
  }
  return Json::Array(std::move(parameters));
}

Json AnswerOf(const Route& route, Schemas& schemas) {
  const Descriptor* message = Pool().FindMessageTypeByName(std::string(route.content));
  if (message != nullptr) {
    return Object({{"application/json", Object({{"schema", schemas.Message(*message)}})}});
  }
  Json::Members types;
  constexpr std::string_view kBetween = ", ";
  for (std::string_view rest = route.content; !rest.empty();) {
    const size_t end = std::min(rest.find(kBetween), rest.size());
    types.push_back({std::string(rest.substr(0, end)), Object({})});
    rest.remove_prefix(std::min(end + kBetween.size(), rest.size()));
  }
  return Object(std::move(types));
}

Json SuccessOf(const Route& route, Schemas& schemas) {
  if (route.content.empty()) return Object({{"description", Text("Where it is.")}});
  return Object({{"description", Text("The answer.")}, {"content", AnswerOf(route, schemas)}});
}

Json Operation(const Route& route, Schemas& schemas) {
  return Object(
      {{"summary", Text(route.summary)},
       {"parameters", ParametersOf(route, schemas)},
       {"responses",
        Object(
            {{route.content.empty() ? "307" : "200", SuccessOf(route, schemas)},
             {"304", Object({{"description", Text("What the reader has is still right.")}})},
             {"default",
              Object({{"description", Text("A problem (RFC 9457).")},
                      {"content", Object({{"application/problem+json",
                                           Object({{"schema", Reference("Problem")}})}})}})}})}});
}

Json ProblemSchema() {
  const Json text = Object({{"type", Text("string")}});
  return Object({{"type", Text("object")},
                 {"properties", Object({{"type", text},
                                        {"title", text},
                                        {"status", Object({{"type", Text("integer")}})},
                                        {"detail", text},
                                        {"reason", text},
                                        {"field", text}})},
                 {"required", Json::Strings({"type", "title", "status", "detail", "reason"})}});
}

// "/tile/{tile...}" is "/tile/{tile}" there: OpenAPI knows no other.
std::string PathOf(std::string_view pattern) {
  std::string path(pattern);
  if (const size_t dots = path.find("...}"); dots != std::string::npos) path.erase(dots, 3);
  return path;
}

std::string Write() {
  Schemas schemas;
  Json::Members paths;
  for (const Route& route : Routes()) {
    paths.push_back({PathOf(route.pattern), Object({{"get", Operation(route, schemas)}})});
  }
  Json::Members all = std::move(schemas).All().members();
  all.push_back({"Problem", ProblemSchema()});
  return certs::WriteIndentedJson(Object(
      {{"openapi", Text("3.1.0")},
       {"info",
        Object({{"title", Text("bonafide")},
                {"version", Text("v1")},
                {"description", Text("What everybody may read of the register. Believe nothing of "
                                     "it but evidence that you have checked.")}})},
       {"paths", Object(std::move(paths))},
       {"components", Object({{"schemas", Object(std::move(all))}})}}));
}

absl::StatusOr<Response> AnswerDescription(const answer::Dependencies&, const Request& request,
                                           const PathValues&) {
  if (absl::Status status = RefuseQuery(request.target); !status.ok()) return status;
  static const std::string kTag = EtagOf(OpenApi());
  if (auto unchanged = Unchanged(request, kTag, kUntilNextHead)) return *std::move(unchanged);
  Response response;
  response.content_type = "application/json";
  response.body = OpenApi();
  response.etag = kTag;
  response.cache_control = kUntilNextHead;
  response.compressible = true;
  return response;
}

constexpr Route kRoutes[] = {
    {.pattern = "/openapi.json",
     .method = "/http/File",
     .answer = AnswerDescription,
     .summary = "This description.",
     .content = "application/json"},
};

}  // namespace

const std::string& OpenApi() {
  static const std::string kText = Write();
  return kText;
}

std::span<const Route> DescriptionRoutes() { return kRoutes; }

}  // namespace bonafide::server::http
