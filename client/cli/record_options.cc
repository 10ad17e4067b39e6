#include "client/cli/record_options.h"

#include "client/cli/file_event.h"

namespace bonafide::client::cli {

void RecordOptions::AddTo(Arguments& command) {
  command.Option("number", number, "Registration number of the practitioner", Need::kRequired);
  command.Option("--file", file, "JSON file with the claims; options override it");
  command.Option("--issuer-name", issuer_name, "Whose paper it is");
  command.Option("--issuer-recognition", issuer_recognition, "The issuer's public code");
  command.Option("--issuer-number", issuer_number, "The issuer's registration number");
  command.Option("--grade", grade,
                 "self_declared, document_seen, issuer_confirmed or issuer_signed");
  command.Option("--seen-on", seen_on, "With document_seen: the day");
  command.Option("--confirmed-with", confirmed_with, "With issuer_confirmed: whom you asked");
  command.Option("--confirmed-on", confirmed_on, "With issuer_confirmed: the day");
  command.Option("--confirmed-how", confirmed_how, "email, telephone, portal, letter or api");
  command.Option("--replaces", replaces, "Identity of the record this one replaces");
  command.Option("--name-on-paper", name_on_paper, "The name the paper bears");
  command.Option("--paper", papers, "The paper, a PDF, PNG or JPEG file; may be repeated");
  command.Option("--public-paper", public_papers, "A redacted copy that everyone may see");
}

absl::Status RecordOptions::Fill(Session& session, Claims& claims) const {
  if (absl::Status status = claims.Load(file); !status.ok()) return status;
  claims.SetText("issuer.name", issuer_name);
  claims.SetText("issuer.recognition", issuer_recognition);
  if (absl::Status status = claims.SetNumber("issuer.number", "--issuer-number", issuer_number);
      !status.ok()) {
    return status;
  }
  claims.SetText("grade", grade);
  claims.SetText("seen_on", seen_on);
  claims.SetText("confirmed.with", confirmed_with);
  claims.SetText("confirmed.on", confirmed_on);
  claims.SetText("confirmed.how", confirmed_how);
  claims.SetText("replaces", replaces);
  claims.SetText("personal.name_on_paper", name_on_paper);
  if (absl::Status status = AttachPapers(session, claims, "papers", papers); !status.ok()) {
    return status;
  }
  return AttachPapers(session, claims, "public_papers", public_papers);
}

}  // namespace bonafide::client::cli
