# cmake -DFOLDER=web "-DFILES=a|b" -DOUT=web_files.cc -P embed.cmake: writes the files below FOLDER as
# the table of server/http/web_file.h.
set(arrays "")
set(rows "")
set(number 0)
string(REPLACE "|" ";" files "${FILES}")
foreach(file ${files})
  file(READ ${FOLDER}/${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(APPEND arrays "constexpr char kFile${number}[] = {${bytes}'\\0'};\n")
  string(APPEND rows "    {\"${file}\", {kFile${number}, sizeof kFile${number} - 1}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUT} "#include \"server/http/web_file.h\"

namespace bonafide::server::http {
namespace {

${arrays}
constexpr WebFile kFiles[] = {
${rows}};

}  // namespace

std::span<const WebFile> WebFiles() { return kFiles; }

}  // namespace bonafide::server::http
")
