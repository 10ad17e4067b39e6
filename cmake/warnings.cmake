# One interface target every room links: warnings are errors, sanitizers as chosen.
add_library(bonafide_flags INTERFACE)
target_compile_options(bonafide_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror)
if(BONAFIDE_SANITIZE)
  target_compile_options(bonafide_flags INTERFACE
    -fsanitize=${BONAFIDE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(bonafide_flags INTERFACE -fsanitize=${BONAFIDE_SANITIZE})
endif()
