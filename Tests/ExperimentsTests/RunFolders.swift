import EMGArchive
import Experiments
import Foundation
import TestSupport
import Testing

/// Runs of the real command on a small laboratory, made once for all tests.
struct RunFolders {
    /// What training is predicted; three points of each study, several ways to draw tasks.
    static let settings = """
        model: {name: dnn, hidden: [16]}
        inner: {optimizer: adam, learning_rate: 1.0e-3, epochs: 1, batch_size: 32}
        outer: {learning_rate: 1.0e-3}
        meta_epochs: 2
        baselines: {pretrained: {epochs: 1, learning_rate: 1.0e-3}}
        sampling: {regime: loss_weighted}
        studies: {convergence: [0, 2], support: [0.2, 1], sequences: {length: 2, count: 2}}

        """

    /// Makes a laboratory, a collection `study.json` and runs `one`, `two` (another seed) and
    /// `other` (another algorithm) in a folder.
    static func make(in folder: URL, runs: [String] = ["one", "two", "other"]) throws {
        try Data(
            "seed: 3\nwindow: {length: 40, stride: 20}\nsplits: {test: 2, validation: 1}\n".utf8
        )
        .write(to: folder.appending(path: "c.yaml"))
        var commands = [
            [
                "synth", "--style", "roam", "--patients", "5", "--conditions", "1", "--seed", "1",
                "--output",
                "lab",
            ],
            ["convert", "lab", "--output", "archive"],
            ["build", "archive", "--config", "c.yaml", "--output", "study"],
        ]
        for run in runs {
            let text =
                settings + (run == "two" ? "seed: 2\n" : "seed: 1\n")
                + (run == "other" ? "algorithm: reptile\n" : "")
            try Data(text.utf8).write(to: folder.appending(path: "\(run).yaml"))
            commands.append(["train", "study.json", "--config", "\(run).yaml", "--output", run])
        }
        for command in commands {
            let run = try CommandRun(command, in: folder)
            try #require(run.status == 0, "\(command): \(run.problems)")
        }
    }
}
