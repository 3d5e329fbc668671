import Foundation
import TestSupport
import Testing

@Suite("myotask on the command line")
struct UsageTests {
    @Test(
        "help and version are results",
        arguments: [["--help"], ["build", "--help"], ["--version"]])
    func help(arguments: [String]) throws {
        let run = try CommandRun(arguments)
        #expect(run.status == 0)
        #expect(!run.output.isEmpty)
        #expect(run.problems.isEmpty)
    }

    @Test(
        "what is not understood ends with status 2 and says why",
        arguments: [
            ["bulid"], ["convert"], ["convert", "a", "--output", "b", "--threads", "0"],
            ["filter", "a", "--pipeline", "b"], ["synth", "--style", "none", "--output", "x"],
        ])
    func usage(arguments: [String]) throws {
        let run = try CommandRun(arguments)
        #expect(run.status == 2, "\(run.problems)")
        #expect(run.problems.contains("Error: "))
        #expect(run.output.isEmpty)
    }

    @Test("a configuration with a fault ends with status 1, its line and a proposal")
    func configuration() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "c.yaml")
        try Data("window:\n  length: 40\n  strid: 4\n".utf8).write(to: file)
        let run = try CommandRun([
            "build", folder.url.path(), "--config", file.path(), "--output",
            folder.url.appending(path: "out").path(),
        ])
        #expect(run.status == 1)
        #expect(run.problems.contains("c.yaml:3:3: $.window: unknown member \"strid\""))
        #expect(run.problems.contains("did you mean \"stride\"?"))
    }
}
