import Foundation
import Launching
import TestSupport
import Testing

@Suite("Words for a shell")
struct ShellTextTests {
    static let awkward = [
        "plain", "", " ", "two words", "it's", "'", "''", "\"double\"", "$HOME", "`id`", "$(id)",
        "a\\b",
        "new\nline", "tab\there", "*?[a]", "~", "#no comment", "-n", "é 筋電", "a;b|c&d", "!x",
        "100%",
        "{a,b}",
    ]

    @Test("a shell reads a quoted word as the text that it was")
    func exact() throws {
        for text in Self.awkward {
            for shell in ["/bin/sh", "/bin/bash"] {
                let run = try Shell.run([shell, "-c", "printf '%s' \(ShellText.quoted(text))"])
                #expect(run.output == text, "\(shell)")
            }
        }
    }

    @Test("a line is read as its words")
    func line() throws {
        let line = ShellText.line(["printf", "<%s>"] + Self.awkward)
        let run = try Shell.run(["/bin/bash", "-c", line])
        #expect(run.output == Self.awkward.map { "<\($0)>" }.joined())
    }

    @Test(
        "what is plain stays as it is",
        arguments: ["a", "lab/2024_03-01", "--shard=1", "x@y:z,1.5+2%"])
    func plain(text: String) { #expect(ShellText.quoted(text) == text) }
}
