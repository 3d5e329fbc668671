private import CSV
internal import Documents
private import ErrorReports
internal import Foundation
internal import MetaLearning

// What stands in the files of a run's folder.
extension RunRecord {
    /// Everything of a document that is no object, by its path.
    static func leaves(
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

    static func epochs(_ url: URL) throws(DocumentError) -> [Epoch] {
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
            var ranks: [RankReport] = []
            for cursor in try object.optional("ranks")?.array() ?? [] {
                ranks.append(try RankReport(cursor))
            }
            epochs.append(
                Epoch(
                    number: try object.required("epoch").integer(in: 0...1_000_000_000),
                    values: values, ranks: ranks))
        }
        return epochs
    }

    static func results(
        _ url: URL, isRegression: Bool
    ) throws(DocumentError) -> [(task: String, accuracies: [(method: Method, value: Double)])] {
        let table = try CSVTable(contentsOf: url)
        var rows: [(task: String, accuracies: [(method: Method, value: Double)])] = []
        // The last row has the means.
        for row in table.rows.dropLast() {
            var accuracies: [(method: Method, value: Double)] = []
            for (place, method) in table.columns.enumerated().dropFirst() {
                // R² has no lower end.
                let value =
                    isRegression ? try table.number(row, place) : try table.share(row, place)
                if let value {
                    accuracies.append((Method(rawValue: method), value))
                }
            }
            rows.append((row.fields[0], accuracies))
        }
        return rows
    }

    static func queue(_ url: URL) throws(DocumentError) -> [QueueCell] {
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
