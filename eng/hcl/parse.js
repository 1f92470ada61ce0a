// See parse.sh.
const fs = require("fs");
const { parse } = require("@cdktf/hcl2json");

(async () => {
  let failed = false;
  for (const file of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
    try {
      fs.writeFileSync(file + ".json", JSON.stringify(await parse(file, fs.readFileSync(file, "utf8"))));
    } catch (error) {
      failed = true;
      console.log(`${file}: ${error}`);
    }
  }
  process.exit(failed ? 1 : 0);
})();
