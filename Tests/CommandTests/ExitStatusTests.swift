import Documents
import Foundation
import TestSupport
import Testing

@Suite("How commands end, and what programs read of errors")
struct ExitStatusTests {
    /// A call of a command that cannot do what is asked for, by no fault of the program.
    struct Call: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        /// The kind of error in JSON; `nil` for a command without `--json`.
        var kind: String?

        var testDescription: String { arguments.joined(separator: " ") }

        static let all = [
            Call(arguments: ["synth", "--patients", "0", "--output", "lab"]),
            Call(arguments: ["convert", "gone", "--output", "archive"]),
            Call(arguments: ["inspect", "gone"]),
            Call(
                arguments: ["filter", "gone", "--pipeline", "gone.yaml", "--output", "b"],
                kind: "unreadable"),
            Call(
                arguments: ["filter", "gone", "--preset", "libemg", "--output", "b"],
                kind: "file_system"),
            Call(
                arguments: ["build", "gone", "--config", "gone.yaml", "--output", "c"],
                kind: "unreadable"),
            Call(
                arguments: ["build", "gone", "--config", "wrong.yaml", "--output", "c"],
                kind: "unknown_member"),
            Call(
                arguments: [
                    "window", "gone", "--length", "40", "--stride", "4", "--output", "w.csv",
                ], kind: "file_system"),
            Call(arguments: ["audit", "gone.json"], kind: "unreadable"),
            Call(arguments: ["verify", "gone.json", "--archive", "gone"], kind: "unreadable"),
            Call(arguments: ["show", "gone.json"], kind: "unreadable"),
            Call(arguments: ["review", "gone"]),
            Call(arguments: ["collections", "import", "gone.json"]),
            Call(arguments: ["collections", "export", "gone.json", "--output", "l.json"]),
            Call(arguments: ["train", "gone.json", "--output", "run"], kind: "unreadable"),
            Call(arguments: ["run", "gone.yaml"], kind: "unreadable"),
            Call(arguments: ["run", "wrong.yaml"], kind: "unknown_member"),
            Call(arguments: ["collect", "gone"], kind: "missing"),
            Call(arguments: ["evaluate", "gone.safetensors", "gone.json"], kind: "unreadable"),
            Call(arguments: ["compare", "gone"], kind: "unreadable"),
            Call(arguments: ["report", "gone"], kind: "unreadable"),
        ]
    }

    @Test("what the user can mend ends with status 1 and says what is wrong", arguments: Call.all)
    func refusals(call: Call) throws {
        let folder = try folder()
        let run = try CommandRun(call.arguments, in: folder.url)
        #expect(run.status == 1, "\(run.problems)")
        // A number out of range says all with the range.
        let saysAll = call.arguments[0] == "synth"
        #expect(saysAll || run.problems.contains("hint: "), "\(run.problems)")
        #expect(!run.problems.contains("Error Domain="), "\(run.problems)")
    }

    @Test("with --json the error comes in parts", arguments: Call.all.filter { $0.kind != nil })
    func parts(call: Call) throws {
        let folder = try folder()
        let run = try CommandRun(call.arguments + ["--json"], in: folder.url)
        #expect(run.status == 1)
        let error = try Document(json: run.output.utf8, name: "output").cursor.object()
            .required("error").object()
        #expect(try error.required("kind").string() == call.kind, "\(run.output)")
        let message = try error.required("message").string()
        #expect(run.problems.contains(message))
        for key in ["file", "object", "expected", "found", "hint"] {
            if let text = try error.optional(key)?.string() { #expect(!text.isEmpty) }
        }
        #expect(error.entries.map(\.key).allSatisfy { !$0.contains { $0.isUppercase } })
    }

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try Data("window: {length: 40, strid: 4}\n".utf8)
            .write(to: folder.url.appending(path: "wrong.yaml"))
        return folder
    }
}
