// What training and insurance have in common: whose paper, how it is known, and the paper itself.
#ifndef BONAFIDE_CLIENT_CLI_RECORD_OPTIONS_H_
#define BONAFIDE_CLIENT_CLI_RECORD_OPTIONS_H_

#include <absl/status/status.h>

#include <string>
#include <vector>

#include "client/cli/arguments.h"
#include "client/cli/claims.h"
#include "client/cli/session.h"

namespace bonafide::client::cli {

struct RecordOptions {
  std::string number, file;
  std::string issuer_name, issuer_recognition, issuer_number;
  std::string grade, seen_on, confirmed_with, confirmed_on, confirmed_how, replaces, name_on_paper;
  std::vector<std::string> papers, public_papers;

  void AddTo(Arguments& command);
  // Reads the file, then sets what the options say, uploading the papers.
  absl::Status Fill(Session& session, Claims& claims) const;
};

}  // namespace bonafide::client::cli

#endif  // BONAFIDE_CLIENT_CLI_RECORD_OPTIONS_H_
