import Foundation

/// A run's folder written by hand, with known numbers.
struct WrittenRun {
    var name: String
    var seed = 1
    /// Settings besides the seed, as members of JSON.
    var settings = "\"inner\": {\"learning_rate\": 0.1}"
    var collection = "study"
    var tensors = "t"
    /// `input.json`; none when empty.
    var input = ""
    /// The methods and, for each task, their accuracies.
    var methods = ["meta"]
    var tasks: [(id: String, accuracies: [Double])] = []
    /// The validation loss of each epoch.
    var losses: [Double] = []

    /// Writes the folder.
    ///
    /// - Parameter folder: Where it goes.
    /// - Returns: The run's folder.
    /// - Throws: When it cannot be written.
    @discardableResult
    func write(in folder: URL) throws -> URL {
        let run = folder.appending(path: name)
        try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
        func add(_ file: String, _ text: String) throws {
            try Data(text.utf8).write(to: run.appending(path: file))
        }
        try add("configuration.json", "{\(settings), \"seed\": \(seed)}")
        try add(
            "provenance.json",
            """
            {"collection": "\(collection)", "collection_sha256": "\(tensors)",
             "software": "myotask 0",
             "environment": {"manifest_sha256": "\(collection) of \(tensors)"}}
            """)
        if !input.isEmpty { try add("input.json", input) }
        let rows = tasks.map { task in
            task.id + "," + task.accuracies.map { "\($0)" }.joined(separator: ",") + "\n"
        }
        let means = methods.map { _ in "0" }.joined(separator: ",")
        try add(
            "results.csv",
            "task,\(methods.joined(separator: ","))\n\(rows.joined())mean,\(means)\n")
        try add(
            "metrics.jsonl",
            losses.enumerated().map {
                "{\"epoch\": \($0 + 1), \"validation_loss\": \($1)}\n"
            }.joined())
        try add("results.md", "done\n")
        return run
    }

    /// Writes a sweep's list beside its runs.
    static func writeSweep(
        _ keys: [String], _ points: [(folder: String, values: [String])], in folder: URL
    ) throws {
        let rows = points.enumerated().map { place, point in
            "{\"id\": \"\(place)\", \"folder\": \"\(point.folder)\", \"values\": \(point.values)}"
        }
        try Data(
            """
            {"format": "myotask.sweep", "format_version": 1, "keys": \(keys),
             "points": [\(rows.joined(separator: ", "))]}
            """.utf8
        ).write(to: folder.appending(path: "sweep.json"))
    }
}
