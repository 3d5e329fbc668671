import Foundation
import Testing

/// How commands are called, and what is said when they are called wrongly.
@Suite("Frozen: usage")
struct UsageTests {
    static let commands = [
        "formats", "template", "inspect", "convert", "filter", "archive", "build", "arrays",
        "collections",
        "show",
        "audit", "verify", "review", "label", "live", "window", "train", "collect", "jobs", "run",
        "benchmark",
        "evaluate",
        "compare",
        "report", "bundle", "adapt", "predict", "decode", "export",
        "sinusoids", "synth", "kinds", "schema",
    ]

    /// Words that are given to every command: none, an unknown option, paths that are not there.
    private static let wrongWords = [
        [], ["--surprise"], ["missing"], ["missing", "--output", "made"],
        ["missing", "missing.json", "--threads", "0"],
    ]

    @Test("help, version and answers to wrong options")
    func texts() throws {
        let workspace = try Workspace()
        var produced: [String: String] = [:]
        let general = [
            [], ["--help"], ["--version"], ["help"], ["help", "train"], ["surprise"], ["trian"],
            ["--surprise"], ["help", "surprise"],
        ]
        produced["myotask.txt"] = try general.map { try workspace.transcript($0) }.joined()
        let deeper = [
            ["archive", "status"], ["archive", "merge"],
            ["collections", "import"], ["collections", "export"], ["label", "import"],
            ["label", "detect"], ["label", "paint"], ["label", "rename"],
            ["jobs", "status"], ["jobs", "follow"], ["jobs", "cancel"], ["jobs", "requeue"],
        ]
        for command in Self.commands.map({ [$0] }) + deeper {
            var texts = [try workspace.transcript(command + ["--help"])]
            // Without words it trains for minutes.
            for words in Self.wrongWords where command != ["sinusoids"] || !words.isEmpty {
                texts.append(try workspace.transcript(command + words))
            }
            produced[command.joined(separator: "-") + ".txt"] = texts.joined()
        }
        try GoldenFolder.usage.check(produced)
    }

    @Test("the help lists the commands that are frozen, and no other")
    func allCommands() throws {
        let help = try Workspace().transcript(["--help"])
        let list = help.split(separator: "SUBCOMMANDS:").last ?? ""
        let names = list.matches(of: /\n {2}([a-z]+)[ ]{2}/).map { String($0.output.1) }
        #expect(names.sorted() == Self.commands.sorted())
    }
}
