// QR codes (ISO/IEC 18004) as SVG.
#ifndef BONAFIDE_SERVER_HTTP_QR_CODE_H_
#define BONAFIDE_SERVER_HTTP_QR_CODE_H_

#include <string>

namespace bonafide::server::http {

// Of `text`, which has at most 1,000 bytes: dark on white with the quiet zone of four modules, so
// that it can be scanned from a dark page too. Error correction M: up to 15 % of it may be lost.
std::string QrSvg(const std::string& text);

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_QR_CODE_H_
