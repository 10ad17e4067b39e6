#include "client/cli/advice.h"

#include <array>
#include <string>

#include "certs/reason.h"

namespace bonafide::client::cli {
namespace {

struct Advice {
  std::string_view reason;
  std::string_view text;
};

constexpr auto kAdvice = std::to_array<Advice>({
    {"unreachable", "check the address (--server), the network, and that the register runs"},
    {"server_missing", "give --server HOST:PORT, or set BONAFIDE_SERVER"},
    {"trust_missing", "pin the register first: bonafide trust --server HOST:PORT --ca FILE"},
    {"head_too_old", "the register has not signed anything lately; ask again later, or ask it"},
    {"head_in_future", "check the clock of this machine"},
    {"policy_unsatisfied", "the cosigners you ask for have not cosigned lately; ask again later"},
    {"evidence_genesis", "this is not the register that your trust file pins"},
    {"note_unsigned", "this is not the register that your trust file pins, or its key has changed"},
    {"note_signature_wrong", "the answer was altered, or the register's key has changed"},
    {"evidence_not_canonical", "the file was altered or damaged: get it again from its source"},
    {"evidence_version", "update this program"},
    {"registration_number_check", "a digit is mistyped: compare with the number as it was given"},
    {"registration_number", "a number looks like 0000-4711-30"},
    {"power_missing", "the organisation given with --as is not accredited for this"},
    {"key_unknown", "is --key the key of the organisation given with --as?"},
    {"key_revoked", "use a key that still stands: bonafide show NUMBER --history"},
    {"issuer_unknown", "is --as the number of an organisation of this register?"},
    {"issued_at", "check the clock of this machine"},
    {"identity_missing", "say who signs: --as NUMBER --key FILE"},
    {"key_file_mode", "chmod 600 the key file"},
    {"not_signing", "the register is read-only; its operator must repair it"},
    {"outcome_unknown", "run the same command again: what was filed is filed only once"},
    {"overloaded", "try again in a moment"},
    {"queue_full", "try again in a moment"},
    {"rate_limited", "try again in a moment"},
    {"no_cosigned_head", "the register's cosigners have not cosigned yet; ask again later"},
    {"checkpoint_unknown", "the register is busy: run the audit again"},
    {"fork", "keep both heads and tell the regulator and others: one history was replaced"},
    {"usage", "see bonafide --help"},
});

}  // namespace

std::string_view AdviceFor(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  if (reason == "paper_unknown") {
    return absl::IsNotFound(status)
               ? "it is not there, or not for you: say who asks with --as and --key"
               : "upload the paper first: bonafide paper put FILE";
  }
  for (const Advice& advice : kAdvice) {
    if (advice.reason == reason) return advice.text;
  }
  return "";
}

}  // namespace bonafide::client::cli
