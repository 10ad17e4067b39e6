#include "tests/agreement/mutation.h"

#include <utility>
#include <vector>

namespace bonafide::agreement {
namespace {

using registry::SubjectEvidence;

size_t Draw(std::mt19937_64& random, size_t below) { return below == 0 ? 0 : random() % below; }

// Cuts, doubles, moves or overwrites a piece of `bytes`, often a whole hash.
void EditPiece(std::string& bytes, const std::string& other, std::mt19937_64& random) {
  constexpr size_t kUnits[] = {1, 2, 8, 32};
  const size_t unit = kUnits[Draw(random, 4)];
  const size_t at = Draw(random, bytes.size() / unit + 1) * unit;
  const size_t from = Draw(random, other.size() / unit + 1) * unit;
  const size_t count = unit * (1 + Draw(random, 4));
  switch (Draw(random, 4)) {
    case 0:
      bytes.erase(at, count);
      break;
    case 1:
      bytes.insert(at, other.substr(from, count));
      break;
    case 2:
      bytes.replace(at, count, other.substr(from, count));
      break;
    default:
      if (!bytes.empty()) {
        char& one = bytes[Draw(random, bytes.size())];
        one = static_cast<char>(one ^ (1 << Draw(random, 8)));
      }
  }
}

// What is text has to stay UTF-8: a message cannot hold anything else.
void EditText(std::string& text, const std::string& other, std::mt19937_64& random) {
  EditPiece(text, other, random);
  for (char& c : text) c = static_cast<char>(c & 0x7F);
}

void EditSubjects(std::vector<SubjectEvidence>& subjects, std::mt19937_64& random) {
  if (subjects.empty()) return;
  const auto pick = [&] { return Draw(random, subjects.size()); };
  SubjectEvidence& one = subjects[pick()];
  SubjectEvidence& two = subjects[pick()];
  switch (Draw(random, 8)) {
    case 0:
      return std::swap(one, two);
    case 1:
      return std::swap(one.number, two.number);
    case 2:
      one.number.value = random() >> Draw(random, 64);
      return;
    case 3:
      subjects.erase(subjects.begin() + static_cast<ptrdiff_t>(pick()));
      return;
    case 4: {
      SubjectEvidence copy = one;
      subjects.insert(subjects.begin() + static_cast<ptrdiff_t>(pick()), std::move(copy));
      return;
    }
    case 5:
      return EditPiece(one.entries, std::string(two.entries), random);
    case 6:
      return EditPiece(one.proof, std::string(two.proof), random);
    default: {
      // Often a whole disclosure, which one may leave out.
      const size_t end = one.disclosures.find('~');
      if (end != std::string::npos && Draw(random, 2) == 0) {
        one.disclosures.erase(0, end + 1);
        return;
      }
      return EditText(one.disclosures, std::string(two.disclosures), random);
    }
  }
}

void EditQuestion(registry::Question& question, std::mt19937_64& random) {
  switch (Draw(random, 5)) {
    case 0:
      question.practitioner.value += Draw(random, 3);
      break;
    case 1:
      question.treatment += "x";
      break;
    case 2:
      question.on = registry::Day::FromDaysSince1970(static_cast<int32_t>(Draw(random, 30'000)));
      break;
    case 3:
      question.at = merkle::SubjectNumber{Draw(random, 12)};
      break;
    default:
      question.claim_on = question.on;
  }
}

}  // namespace

proto::EvidenceFile EditParts(proto::EvidenceFile file, std::mt19937_64& random) {
  registry::Evidence& evidence = file.evidence;
  const std::string hashes = evidence.state_inclusion;
  do {
    switch (Draw(random, 10)) {
      case 0:
        EditText(evidence.checkpoint, std::string(evidence.checkpoint), random);
        break;
      case 1:
        EditPiece(evidence.state_entry, hashes, random);
        break;
      case 2:
        EditPiece(evidence.state_inclusion, hashes, random);
        break;
      case 3:
        EditQuestion(file.question, random);
        break;
      default:
        EditSubjects(evidence.subjects, random);
    }
  } while (Draw(random, 4) == 0);
  return file;
}

std::string EditBytes(std::string file, std::mt19937_64& random) {
  const size_t at = Draw(random, file.size());
  constexpr std::string_view kMarks = "\"{}[],:\\ \n0Aa=/+~-_.";
  switch (Draw(random, 5)) {
    case 0:
      file[at] = static_cast<char>(file[at] ^ (1 << Draw(random, 8)));
      break;
    case 1:
      file.erase(at, 1 + Draw(random, 8));
      break;
    case 2:
      file.insert(at, 1, kMarks[Draw(random, kMarks.size())]);
      break;
    case 3:
      file.insert(at, file.substr(Draw(random, file.size()), 1 + Draw(random, 40)));
      break;
    default:
      file[at] = kMarks[Draw(random, kMarks.size())];
  }
  return file;
}

}  // namespace bonafide::agreement
