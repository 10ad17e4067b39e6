#include "server/method_table.h"

namespace bonafide::server {
namespace {

constexpr MethodRule kRules[] = {
    {"/bonafide.v1.LookupService/Verify", Access::kAnyone, CallClass::kRead},
    {"/bonafide.v1.LookupService/VerifyMany", Access::kAnyone, CallClass::kSearch},
    {"/bonafide.v1.LookupService/GetSubject", Access::kAnyone, CallClass::kRead},
    {"/bonafide.v1.LookupService/SearchByName", Access::kAnyone, CallClass::kSearch},
    {"/bonafide.v1.LookupService/GetEvidence", Access::kAnyone, CallClass::kRead},
    // An event is signed by who files it; the token would say nothing more.
    {"/bonafide.v1.SubmissionService/SubmitEvent", Access::kAnyone, CallClass::kSubmit},
    {"/bonafide.v1.SubmissionService/UploadPaper", Access::kOrganisation, CallClass::kTransfer,
     /*about_paper=*/true},
    // Papers that everyone may see need no token; the others are refused without one as if they
    // did not exist.
    {"/bonafide.v1.SubmissionService/FetchPaper", Access::kAnyone, CallClass::kTransfer,
     /*about_paper=*/true},
    {"/bonafide.v1.LogService/GetCheckpoint", Access::kAnyone, CallClass::kRead},
    {"/bonafide.v1.LogService/GetInclusionProof", Access::kAnyone, CallClass::kRead},
    {"/bonafide.v1.LogService/GetConsistencyProof", Access::kAnyone, CallClass::kRead},
    {"/bonafide.v1.LogService/StreamEntries", Access::kAnyone, CallClass::kTransfer},
    // A cosignature counts by its own key.
    {"/bonafide.v1.LogService/AddCosignature", Access::kAnyone, CallClass::kSubmit},
    {"/http/File", Access::kAnyone, CallClass::kRead},
    // What leads nowhere, so that asking for it is limited and counted too.
    {"/http/Nothing", Access::kAnyone, CallClass::kRead},
    {"/http/Tile", Access::kAnyone, CallClass::kRead},
};

}  // namespace

std::span<const MethodRule> MethodRules() { return kRules; }

const MethodRule* FindMethodRule(std::string_view name) {
  for (const MethodRule& rule : kRules) {
    if (rule.name == name) return &rule;
  }
  return nullptr;
}

}  // namespace bonafide::server
