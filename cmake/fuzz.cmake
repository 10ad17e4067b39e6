# fuzz_target(NAME libraries...): tests/fuzz/NAME.cc as the libFuzzer binary fuzz_NAME, started with
# the inputs in tests/fuzz/corpus/NAME where there are any. `fuzzers` builds all of them.
add_custom_target(fuzzers)
function(fuzz_target name)
  add_executable(fuzz_${name} ${CMAKE_CURRENT_SOURCE_DIR}/${name}.cc)
  target_include_directories(fuzz_${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(fuzz_${name} PRIVATE ${ARGN} bonafide_flags)
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzzers fuzz_${name})
endfunction()
