# room(NAME SOURCES ... USES rooms ... PRIVATE libraries ...): one static library per folder.
# Third-party libraries are private, so that one leaking into a header is a compile error elsewhere.
function(room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;PUBLIC;PRIVATE" ${ARGN})
  string(REPLACE "/" "_" target bonafide_${name})
  add_library(${target} STATIC ${ROOM_SOURCES})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  foreach(used ${ROOM_USES})
    string(REPLACE "/" "_" used_target bonafide_${used})
    target_link_libraries(${target} PUBLIC ${used_target})
  endforeach()
  target_link_libraries(${target} PUBLIC ${ROOM_PUBLIC} PRIVATE ${ROOM_PRIVATE} bonafide_flags)
endfunction()
