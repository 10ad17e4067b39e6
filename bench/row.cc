#include "bench/row.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "certs/json.h"

namespace bonafide::bench {
namespace {

std::string Number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, value != 0 && value < 10 ? "%.3g" : "%.0f", value);
  return text;
}

Row Compared(std::string name, double figure, double baseline, std::string unit) {
  Row row;
  row.name = std::move(name);
  row.figure = figure;
  row.baseline = baseline;
  row.unit = std::move(unit);
  row.ratio = baseline > 0 ? figure / baseline : figure;
  return row;
}

}  // namespace

Row AtLeast(std::string name, double figure, double baseline, std::string unit, double goal,
            double aim) {
  Row row = Compared(std::move(name), figure, baseline, std::move(unit));
  row.met = row.ratio >= goal;
  row.goal = ">= " + Number(goal) + (aim > 0 ? ", aim " + Number(aim) : "");
  return row;
}

Row AtMost(std::string name, double figure, double baseline, std::string unit, double goal,
           double aim) {
  Row row = Compared(std::move(name), figure, baseline, std::move(unit));
  row.met = row.ratio <= goal;
  row.goal = "<= " + Number(goal) + (aim > 0 ? ", aim " + Number(aim) : "");
  return row;
}

Row Reported(std::string name, double figure, std::string unit) {
  Row row = Compared(std::move(name), figure, 0, std::move(unit));
  row.goal = "reported";
  return row;
}

std::string AsTable(const std::vector<Row>& rows) {
  size_t width = 8;
  for (const Row& row : rows) width = std::max(width, row.name.size());
  std::string out;
  char line[512];
  std::snprintf(line, sizeof line, "%-*s %12s %12s %8s  %-18s %-4s %s\n", static_cast<int>(width),
                "measure", "figure", "baseline", "ratio", "goal", "met", "unit");
  out += line;
  for (const Row& row : rows) {
    std::snprintf(line, sizeof line, "%-*s %12s %12s %8s  %-18s %-4s %s\n", static_cast<int>(width),
                  row.name.c_str(), Number(row.figure).c_str(),
                  row.baseline > 0 ? Number(row.baseline).c_str() : "-", Number(row.ratio).c_str(),
                  row.goal.c_str(), row.goal == "reported" ? "" : (row.met ? "yes" : "NO"),
                  row.unit.c_str());
    out += line;
    if (!row.note.empty()) out += "    " + row.note + "\n";
  }
  return out;
}

std::string AsJson(const std::vector<Row>& rows) {
  using certs::Json;
  Json::Items items;
  for (const Row& row : rows) {
    items.push_back(Json::Object({{"name", Json::String(row.name)},
                                  {"figure", Json::Double(row.figure)},
                                  {"baseline", Json::Double(row.baseline)},
                                  {"ratio", Json::Double(row.ratio)},
                                  {"unit", Json::String(row.unit)},
                                  {"goal", Json::String(row.goal)},
                                  {"met", Json::Bool(row.met)},
                                  {"note", Json::String(row.note)}}));
  }
  return certs::WriteIndentedJson(Json::Array(std::move(items))) + "\n";
}

}  // namespace bonafide::bench
