import Foundation
import TestSupport
import Testing

/// A laboratory and a collection that trainings of a second run on.
enum SmallStudy {
    static let collection = """
        seed: 3
        window: {length: 40, stride: 20}
        splits: {test: 1, validation: 1}

        """
    static let training = """
        model: {name: dnn, hidden: [16]}
        inner: {optimizer: adam, learning_rate: 1.0e-3, epochs: 1, batch_size: 32}
        outer: {learning_rate: 1.0e-3}
        meta_epochs: 3
        tasks_per_step: 1
        baselines: {pretrained: {epochs: 1}}

        """

    /// Makes `lab`, `c.yaml`, `t.yaml` and, when asked to, `study.json` in a folder.
    static func make(in folder: URL, builds: Bool = true) throws {
        try Data(collection.utf8).write(to: folder.appending(path: "c.yaml"))
        try Data(training.utf8).write(to: folder.appending(path: "t.yaml"))
        try run(
            [
                "synth", "--style", "myo", "--patients", "4", "--conditions", "1", "--seed", "7",
                "--output", "lab",
            ], in: folder)
        guard builds else { return }
        try run(["convert", "lab", "--output", "archive"], in: folder)
        try run(["build", "archive", "--config", "c.yaml", "--output", "study"], in: folder)
    }

    /// Runs a command that must succeed.
    @discardableResult
    static func run(_ arguments: [String], in folder: URL) throws -> CommandRun {
        let run = try CommandRun(arguments, in: folder)
        try #require(run.status == 0, "\(arguments): \(run.problems)")
        return run
    }

    /// The files of a folder that must not depend on when and where they were made, with their
    /// bytes.
    static func files(of folder: URL) throws -> [String: Data] {
        let manager = FileManager.default
        var result: [String: Data] = [:]
        for path in try manager.subpathsOfDirectory(atPath: folder.path()) {
            let name = path.split(separator: "/").last ?? ""
            let isOfItsTime =
                ["log.txt", "provenance.json", "configuration.json"].contains(name)
                || path.contains("tensorboard/")
            let url = folder.appending(path: path)
            var isFolder = ObjCBool(false)
            _ = unsafe manager.fileExists(atPath: url.path(), isDirectory: &isFolder)
            guard !isOfItsTime, !isFolder.boolValue else { continue }
            result[path] =
                name == "metrics.jsonl"
                ? Data(try withoutSeconds(String(contentsOf: url, encoding: .utf8)).utf8)
                : try Data(contentsOf: url)
        }
        return result
    }

    private static func withoutSeconds(_ text: String) -> String {
        text.split(separator: "\n").map { line in
            line.components(separatedBy: ",\"seconds\":")[0]
        }.joined(separator: "\n")
    }
}
