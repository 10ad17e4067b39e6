#include "storage/names/name_nicknames.h"

#include <algorithm>
#include <unordered_map>

namespace bonafide::storage {
namespace {

// Each group holds names that one person may go by. A name may stand in several groups: Sam is
// Samuel or Samantha, and neither finds the other.
constexpr std::string_view kGroups[] = {
    "abigail abby abbie abbey gail",
    "abraham abe bram",
    "albert al bert bertie",
    "alexander alex alec al sandy xander sasha lex",
    "alexandra alex alexa lexi lexie sandra sandy sasha",
    "alfred alf alfie fred freddie al",
    "alice ali allie alison allison",
    "amanda mandy manda",
    "amelia amy millie milly mel",
    "andrew andy drew",
    "angela angie ange angelina",
    "ann anne anna annie nan nancy hannah",
    "anthony tony ant antony",
    "archibald archie",
    "arthur art artie",
    "barbara barb barbie babs",
    "beatrice bea trixie trish beatrix",
    "benjamin ben benny benji",
    "bernard bernie",
    "bridget bridie biddy bridgette",
    ("catherine katherine kathryn catharine cathy kathy kate katie kitty cath kath cat kat katy "
     "kay "
     "katharine"),
    "charles charlie chuck chas charley",
    "charlotte lottie charlie lotte",
    "christina christine tina chris chrissie chrissy kristina kristine christy",
    "christopher chris kit topher kris",
    "constance connie",
    "daniel dan danny",
    "danielle dani danni",
    "david dave davy davey",
    "deborah debbie deb debra debby",
    "dominic dom nick",
    "donald don donnie",
    "dorothy dot dottie dolly dora",
    "edward ed eddie ted teddy ned eddy",
    "edwin ed eddie",
    "eleanor ellie nell nellie elly elle nora eleanora leonora",
    ("elizabeth liz lizzie beth betty bess bessie eliza libby lisa elsie elisabeth betsy lizzy "
     "lily "
     "liza elise"),
    "emily em emmy millie",
    "emma em emmy",
    "eugene gene",
    "florence flo florrie flossie",
    "frances fran fanny francesca frankie franny",
    "francis frank frankie fran",
    "frederick fred freddie freddy rick frederic",
    "gabriel gabe",
    "geoffrey geoff jeff jeffrey",
    "george georgie",
    "georgina georgie georgia gina georgiana",
    "gerald gerry jerry",
    "gregory greg gregg",
    "harold harry hal",
    "helen nell nellie ellen elena helena",
    "henry harry hank hal",
    "isabella bella isabel izzy isobel bel isabelle belle",
    "jacob jake jack",
    "jacqueline jackie jacqui jacquelyn",
    "james jim jimmy jamie jem",
    "jane janet janie jenny jean jan",
    "janice jan janis",
    "jennifer jen jenny jenn jennie",
    "jessica jess jessie jessy",
    "john jack johnny jon johnnie jock ian sean",
    "jonathan jon jonny jonathon nathan",
    "joseph joe joey jo",
    "josephine jo josie fifi josey",
    "judith judy jude",
    "kenneth ken kenny",
    "lawrence laurence larry laurie loz",
    "leonard leo len lenny",
    "lewis louis lou lew",
    "louise lou louisa",
    "lucy lucinda lucille lou",
    "margaret maggie meg peggy madge marge margie greta peg daisy rita megan mags margo maisie",
    "martha marty mattie",
    "mary molly polly may mollie maria marie mamie",
    "matilda tilly tilda mattie maud",
    "matthew matt matty mat",
    "maximilian max",
    "melanie mel",
    "michael mike mick mickey micky mikey",
    "nathaniel nathan nat nate nathanael",
    "nicholas nick nicky nicolas nico",
    "nicola nicky nikki nicole",
    "oliver ollie olly noll",
    "olivia liv livvy ollie",
    "pamela pam pammy",
    "patricia pat patsy trish tricia patty",
    "patrick pat paddy rick",
    "penelope penny pen",
    "peter pete",
    "philip phil phillip pip",
    "rachel rach rachael shelly",
    "raymond ray",
    "rebecca becky becca bex beck rebekah",
    "reginald reg reggie",
    "richard rick dick rich richie ricky dickie",
    "robert rob bob bobby robbie bobbie robin bert",
    "ronald ron ronnie",
    "rosemary rose rosie romy",
    "samantha sam sammy sammie",
    "samuel sam sammy",
    "sarah sally sadie sara",
    "simon si",
    "sophia sophie sofia soph",
    "stephanie steph stephie",
    "stephen steven steve stevie",
    "susan sue susie suzie susanna susannah suzanne suzy",
    "terence terry terrence",
    "theodore ted teddy theo",
    "theresa teresa terry tess tessa tracy",
    "thomas tom tommy thom",
    "timothy tim timmy",
    "valerie val",
    "victoria vicky vic tori vickie vikki",
    "vincent vince vin vinny",
    "walter wally walt wat",
    "william will bill billy willie liam willy wills",
};

using Table = std::unordered_map<std::string_view, std::vector<std::string_view>>;

void AddGroup(std::string_view group, Table& table) {
  std::vector<std::string_view> names;
  while (!group.empty()) {
    const size_t end = std::min(group.find(' '), group.size());
    names.push_back(group.substr(0, end));
    group.remove_prefix(std::min(end + 1, group.size()));
  }
  for (std::string_view name : names) {
    std::vector<std::string_view>& others = table[name];
    for (std::string_view other : names) {
      const bool known = std::ranges::find(others, other) != others.end();
      if (other != name && !known) others.push_back(other);
    }
  }
}

}  // namespace

std::vector<std::string_view> NicknamesOf(std::string_view folded) {
  static const Table kTable = [] {
    Table table;
    for (std::string_view group : kGroups) AddGroup(group, table);
    return table;
  }();
  const auto found = kTable.find(folded);
  return found == kTable.end() ? std::vector<std::string_view>() : found->second;
}

}  // namespace bonafide::storage
