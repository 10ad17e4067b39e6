# What executables for use link: jemalloc, under which many small allocations on many threads cost a
# good deal less. Never together with a sanitizer, which brings its own.
add_library(bonafide_allocator INTERFACE)
if(NOT BONAFIDE_SANITIZE)
  find_library(JEMALLOC_LIBRARY jemalloc)
  if(JEMALLOC_LIBRARY)
    target_link_libraries(bonafide_allocator INTERFACE
      -Wl,--push-state,--no-as-needed ${JEMALLOC_LIBRARY} -Wl,--pop-state)
  endif()
endif()
