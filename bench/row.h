// One line of the table of measurements.
#ifndef BONAFIDE_BENCH_ROW_H_
#define BONAFIDE_BENCH_ROW_H_

#include <functional>
#include <string>
#include <vector>

namespace bonafide::bench {

// A figure beside its baseline from the same run; absolute times mean nothing on a shared machine,
// so a goal is a ratio wherever there is a baseline.
struct Row {
  std::string name;
  double figure = 0;
  double baseline = 0;  // 0: none, then `ratio` is the figure itself
  double ratio = 0;
  std::string unit;
  std::string goal;  // in words: ">= 0.7, then 0.9"
  bool met = true;   // the first goal
  std::string note;  // how it was measured, in short
};

// A ratio that should be at least, or at most, `goal`.
Row AtLeast(std::string name, double figure, double baseline, std::string unit, double goal,
            double aim);
Row AtMost(std::string name, double figure, double baseline, std::string unit, double goal,
           double aim);
// A figure that is only reported.
Row Reported(std::string name, double figure, std::string unit);

std::string AsTable(const std::vector<Row>& rows);
std::string AsJson(const std::vector<Row>& rows);

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_ROW_H_
