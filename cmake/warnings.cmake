# One interface target every room links: warnings are errors, sanitizers as chosen, the usual
# hardening of a network service where there is no sanitizer.
add_library(bonafide_flags INTERFACE)
target_compile_options(bonafide_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror)
if(BONAFIDE_SANITIZE)
  target_compile_options(bonafide_flags INTERFACE
    -fsanitize=${BONAFIDE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(bonafide_flags INTERFACE -fsanitize=${BONAFIDE_SANITIZE})
  if(BONAFIDE_SANITIZE STREQUAL "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Boost.Asio uses fences, which GCC's thread sanitizer does not follow and warns of.
    target_compile_options(bonafide_flags INTERFACE -Wno-tsan)
  endif()
elseif(CMAKE_BUILD_TYPE STREQUAL Release)
  target_compile_options(bonafide_flags INTERFACE
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection)
  target_link_options(bonafide_flags INTERFACE -Wl,-z,relro,-z,now)
endif()
if(BONAFIDE_FUZZ)
  # The rooms report their coverage to libFuzzer; only the targets themselves bring its main.
  target_compile_options(bonafide_flags INTERFACE -fsanitize=fuzzer-no-link)
  # From 18 on clang mangles the templates in abseil's headers unlike GCC, which built the library.
  if(CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 18)
    target_compile_options(bonafide_flags INTERFACE -fclang-abi-compat=17)
  endif()
endif()
