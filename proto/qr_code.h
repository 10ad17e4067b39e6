// The address of a practitioner's page, and QR codes (ISO/IEC 18004) that lead there.
#ifndef BONAFIDE_PROTO_QR_CODE_H_
#define BONAFIDE_PROTO_QR_CODE_H_

#include <string>
#include <string_view>

#include "merkle/index.h"

namespace bonafide::proto {

// Where the page of the register of `origin` is found, with a slash at its end: `configured`, or
// else https:// and the origin.
std::string PageAddress(std::string_view configured, std::string_view origin);
// Where the page about `subject` is found.
std::string PageLink(std::string_view page_address, merkle::SubjectNumber subject);

// Of `text`, which has at most 1,000 bytes: dark on white with the quiet zone of four modules, so
// that it can be scanned from a dark page too. Error correction M: up to 15 % of it may be lost.
std::string QrSvg(const std::string& text);
// The same in characters, two modules in each, for terminals: black on white, whatever their own
// colours are.
std::string QrText(const std::string& text);

}  // namespace bonafide::proto

#endif  // BONAFIDE_PROTO_QR_CODE_H_
