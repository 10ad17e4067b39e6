// What WriteBatch::Append means to RocksDB: a value grows by what is appended, without being read.
// Internal to this room.
#ifndef BONAFIDE_STORAGE_DATABASE_APPEND_OPERATOR_H_
#define BONAFIDE_STORAGE_DATABASE_APPEND_OPERATOR_H_

#include <rocksdb/merge_operator.h>

namespace bonafide::storage {

class AppendOperator final : public rocksdb::MergeOperator {
 public:
  // For messages. RocksDB does not compare it with what a database was written with: appending in
  // another way takes another kStoreVersion.
  const char* Name() const override { return "bonafide.append"; }

  bool FullMergeV2(const MergeOperationInput& input, MergeOperationOutput* output) const override {
    if (input.existing_value == nullptr && input.operand_list.size() == 1) {
      output->existing_operand = input.operand_list.front();
      return true;
    }
    size_t size = input.existing_value == nullptr ? 0 : input.existing_value->size();
    for (const rocksdb::Slice& appended : input.operand_list) size += appended.size();
    output->new_value.clear();  // an iterator hands in what it used before
    output->new_value.reserve(size);
    if (input.existing_value != nullptr) {
      output->new_value.assign(input.existing_value->data(), input.existing_value->size());
    }
    for (const rocksdb::Slice& appended : input.operand_list) {
      output->new_value.append(appended.data(), appended.size());
    }
    return true;
  }

  bool PartialMerge(const rocksdb::Slice&, const rocksdb::Slice& left, const rocksdb::Slice& right,
                    std::string* joined, rocksdb::Logger*) const override {
    joined->reserve(left.size() + right.size());
    joined->assign(left.data(), left.size());
    joined->append(right.data(), right.size());
    return true;
  }
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_DATABASE_APPEND_OPERATOR_H_
