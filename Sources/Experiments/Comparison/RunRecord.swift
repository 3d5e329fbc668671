private import CSV
public import Documents
public import EMGArchive
private import ErrorReports
private import Files
public import Foundation
public import MetaLearning

/// What a run's folder has on record; what is missing is empty.
public struct RunRecord: Sendable {
    /// A meta-epoch of `metrics.jsonl`.
    public struct Epoch: Sendable, Hashable {
        /// The epoch, counted from 1.
        public let number: Int
        /// Its numbers by their names, such as `train_loss`.
        public let values: [String: Double]
    }

    /// A cell of the task queue.
    public struct QueueCell: Sendable, Hashable {
        /// The task or group.
        public let name: String
        /// Its last loss.
        public let loss: Double
        /// How much the loss changed last.
        public let change: Double
        /// How often it was drawn.
        public let count: Double
    }

    /// The folder.
    public let folder: URL
    /// The folder's name.
    public let name: String
    /// Every setting of `configuration.json` by its path, in the file's order.
    public let settings: [(path: String, value: String)]
    /// What the run was made from, in the file's order.
    public let provenance: [(key: String, value: String)]
    /// What its windows are; `nil` for a run of an older version, which does not say it.
    public let input: InputDescription?
    /// The members of that (`input.json`), such as channels, rate, window, normalization and
    /// conditioning, in the file's order.
    let inputMembers: [(path: String, value: String)]
    /// What varies between the runs of its sweep, with its own values; empty when it is no run of
    /// one.
    public let varied: [(key: String, value: String)]
    /// What tells its sweep from others, wherever its parts lie; `nil` when it is no run of one.
    let sweep: String?
    /// The meta-epochs.
    public let epochs: [Epoch]
    /// The accuracies of `results.csv`: each task's, by method.
    public let results: [(task: String, accuracies: [(method: Method, value: Double)])]
    /// What the collection said.
    public let setting: TestSetting?
    /// All metrics.
    public let metrics: [TaskMetrics]
    /// The convergence study.
    public let adaptation: [StudyRow]
    /// The study of support sizes.
    public let supportSizes: [StudyRow]
    /// The task queue.
    public let queue: [QueueCell]

    /// Reads a run's folder, and what the sweep in the folder above says of it.
    ///
    /// - Parameter folder: The folder; it has a `configuration.json`.
    /// - Throws: `DocumentError` with the place of what cannot be read.
    public init(_ folder: URL) throws(DocumentError) {
        try self.init(folder, of: try Self.sweep(above: folder))
    }

    private init(_ folder: URL, of list: SweepList?) throws(DocumentError) {
        self.folder = folder
        name = folder.standardizedFileURL.lastPathComponent
        func file(_ name: String) -> URL? {
            let url = folder.appending(path: name)
            return FileManager.default.fileExists(atPath: url.path(percentEncoded: false))
                ? url : nil
        }
        let configuration = try Document(contentsOf: folder.appending(path: "configuration.json"))
        settings = Self.leaves(configuration.root)
        provenance =
            try file("provenance.json").map { url throws(DocumentError) in
                Self.leaves(try Document(contentsOf: url).root).map {
                    (key: $0.path, value: $0.value)
                }
            } ?? []
        let described = try file("input.json").map { url throws(DocumentError) in
            try Document(contentsOf: url)
        }
        // What another version wrote may say less; what it does say still names the run.
        input = described.flatMap { try? InputDescription($0) }
        inputMembers = described.map { Self.leaves($0.root) } ?? []
        let name = name
        let point = list?.points.first { $0.folder == name }
        varied = point.map { zip(list?.keys ?? [], $0.values).map { (key: $0, value: $1) } } ?? []
        sweep = point == nil ? nil : list?.points.map(\.id).joined(separator: " ")
        epochs = try file("metrics.jsonl").map(Self.epochs) ?? []
        results = try file("results.csv").map(Self.results) ?? []
        setting = try file("test-tasks.json").map { url throws(DocumentError) in
            try TestSetting(Document(contentsOf: url).cursor)
        }
        metrics = try file("task-metrics.csv").map(TaskMetrics.read) ?? []
        adaptation =
            try file("adaptation.csv").map { url throws(DocumentError) in
                try StudyRow.read(contentsOf: url, point: "steps")
            } ?? []
        supportSizes =
            try file("support-size.csv").map { url throws(DocumentError) in
                try StudyRow.read(contentsOf: url, point: "share")
            } ?? []
        queue = try file("queue.csv").map(Self.queue) ?? []
    }

    /// What each method predicted of each test window; `nil` when it is not on record.
    ///
    /// - Throws: `DocumentError` with the line of a fault.
    public func predictions() throws(DocumentError) -> TestPredictions? {
        let url = folder.appending(path: "predictions.csv")
        guard let setting,
            FileManager.default.fileExists(atPath: url.path(percentEncoded: false))
        else { return nil }
        return try TestPredictions(contentsOf: url, classCount: setting.classes.count)
    }

    /// The sweep that a run's folder lies in; `nil` when it lies in none.
    ///
    /// - Throws: `DocumentError` when the list is damaged: without it runs that differ would count
    ///   as one configuration.
    private static func sweep(above folder: URL) throws(DocumentError) -> SweepList? {
        let place = folder.standardizedFileURL.deletingLastPathComponent()
        guard SweepList.isThere(in: place) else { return nil }
        do {
            return try SweepList(in: place)
        } catch let error as DocumentError {
            throw error
        } catch {
            throw DocumentError(
                .unreadable(reason: "\(error)"), document: place.path(percentEncoded: false),
                position: nil)
        }
    }

    /// The seed; empty when there is none on record.
    public var seed: String { value("seed") ?? "" }

    /// Whose a task is: the person on record, else the beginning of the task's id.
    func person(of task: String) -> String {
        setting?.tasks.first { $0.id == task }?.patient
            ?? task.split(separator: "/").first.map(String.init) ?? task
    }

    /// What a setting is; `nil` when there is none of that path.
    public func value(_ path: String) -> String? {
        settings.first { $0.path == path }?.value ?? provenance.first { $0.key == path }?.value
    }

    /// The runs below folders: a folder that is no run stands for the runs in it, as a sweep's.
    ///
    /// - Parameter folders: Folders of runs, or of folders of runs.
    /// - Returns: The runs, each once, in the order of the folders and of names inside.
    /// - Throws: `DocumentError` when a folder has no run.
    public static func runs(in folders: [URL]) throws(DocumentError) -> [RunRecord] {
        var found: [URL] = []
        var seen: Set<String> = []
        for folder in folders {
            let inside = isRun(folder) ? [folder] : try children(of: folder, depth: 3)
            guard !inside.isEmpty else {
                throw DocumentError(
                    .unreadable(reason: "there is no run in it"),
                    document: folder.path(percentEncoded: false), position: nil,
                    hint: "name the folder that myotask train made, or one of such folders")
            }
            for run in inside
            where seen.insert(run.standardizedFileURL.path(percentEncoded: false)).inserted {
                found.append(run)
            }
        }
        var runs: [RunRecord] = []
        var sweeps: [URL: SweepList?] = [:]
        for folder in found {
            // The list of a sweep is read once for all of its runs.
            let place = folder.standardizedFileURL.deletingLastPathComponent()
            let list: SweepList?
            if let known = sweeps[place] { list = known } else { list = try sweep(above: folder) }
            sweeps[place] = list
            runs.append(try RunRecord(folder, of: list))
        }
        return runs
    }

    private static func isRun(_ folder: URL) -> Bool {
        FileManager.default.fileExists(
            atPath: folder.appending(path: "configuration.json").path(percentEncoded: false))
    }

    private static func children(of folder: URL, depth: Int) throws(DocumentError) -> [URL] {
        let names: [String]
        do throws(FilesError) {
            names = try Folder.names(in: folder)
        } catch {
            throw DocumentError(
                .unreadable(reason: error.fault), document: error.location, position: nil,
                hint: error.hint)
        }
        var found: [URL] = []
        for name in names.sorted(by: { $0.localizedStandardCompare($1) == .orderedAscending }) {
            let child = folder.appending(path: name, directoryHint: .isDirectory)
            if isRun(child) {
                found.append(child)
            } else if depth > 1, Folder.exists(at: child) {
                found += try children(of: child, depth: depth - 1)
            }
        }
        return found
    }

    // MARK: Files

    /// Everything of a document that is no object, by its path.
    private static func leaves(
        _ value: DocumentValue, at path: String = ""
    ) -> [(path: String, value: String)] {
        guard case .object(let members) = value.content else { return [(path, text(value))] }
        return members.flatMap {
            leaves($0.value, at: path.isEmpty ? $0.key : "\(path).\($0.key)")
        }
    }

    private static func text(_ value: DocumentValue) -> String {
        switch value.content {
        case .null: "–"
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .string(let text): text
        case .array(let values): values.map(text).joined(separator: ", ")
        case .object(let members):
            "{" + members.map { "\($0.key): \(text($0.value))" }.joined(separator: ", ") + "}"
        }
    }

    private static func epochs(_ url: URL) throws(DocumentError) -> [Epoch] {
        let name = url.path(percentEncoded: false)
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw DocumentError(
                .unreadable(reason: SystemReason.of(error)), document: name, position: nil)
        }
        var epochs: [Epoch] = []
        for (index, line) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
            let root = try Document(json: line, name: "\(name), line \(index + 1)").cursor
            let object = try root.object()
            var values: [String: Double] = [:]
            for (key, cursor) in object.entries {
                switch cursor.value.content {
                case .integer, .number: values[key] = try cursor.number()
                default: break
                }
            }
            epochs.append(
                Epoch(
                    number: try object.required("epoch").integer(in: 0...1_000_000_000),
                    values: values))
        }
        return epochs
    }

    private static func results(
        _ url: URL
    ) throws(DocumentError) -> [(task: String, accuracies: [(method: Method, value: Double)])] {
        let table = try CSVTable(contentsOf: url)
        var rows: [(task: String, accuracies: [(method: Method, value: Double)])] = []
        // The last row has the means.
        for row in table.rows.dropLast() {
            var accuracies: [(method: Method, value: Double)] = []
            for (place, method) in table.columns.enumerated().dropFirst() {
                if let value = try table.share(row, place) {
                    accuracies.append((Method(rawValue: method), value))
                }
            }
            rows.append((row.fields[0], accuracies))
        }
        return rows
    }

    private static func queue(_ url: URL) throws(DocumentError) -> [QueueCell] {
        let table = try CSVTable(contentsOf: url)
        let places = (
            try table.column("cell"), try table.column("loss"), try table.column("change"),
            try table.column("count")
        )
        var cells: [QueueCell] = []
        for row in table.rows {
            cells.append(
                QueueCell(
                    name: row.fields[places.0], loss: try table.number(row, places.1) ?? .nan,
                    change: try table.number(row, places.2) ?? .nan,
                    count: try table.number(row, places.3) ?? .nan))
        }
        return cells
    }
}
