private import CSV
import Documents
import Foundation
import MetaLearning

/// What `sequences.csv` has of a method.
struct SequenceRecord: Sendable {
    /// The method whose predictions the numbers evaluate.
    let method: Method
    /// Its scores, sequence by sequence.
    let scores: [SequenceScore]

    /// Reads the file.
    ///
    /// - Parameter url: The file.
    /// - Returns: The methods in the file's order.
    /// - Throws: `DocumentError` with the line of the fault.
    static func read(contentsOf url: URL) throws(DocumentError) -> [SequenceRecord] {
        let table = try CSVTable(contentsOf: url)
        let (method, task) = (try table.column("method"), try table.column("task"))
        let numbers = [
            try table.column("sequence"), try table.column("learned"), try table.column("place"),
        ]
        let (accuracy, loss) = (try table.column("accuracy"), try table.column("loss"))
        var methods: [(name: String, sequences: [Rows])] = []
        for row in table.rows {
            if methods.last?.name != row.fields[method] {
                methods.append((row.fields[method], []))
            }
            var counts: [Double] = []
            for column in numbers { counts.append(try table.number(row, column) ?? .nan) }
            let last = methods.count - 1
            if counts[0] == Double(methods[last].sequences.count + 1) {
                methods[last].sequences.append(Rows())
            }
            let place = methods[last].sequences.count - 1
            guard place >= 0, counts[0] == Double(place + 1),
                methods[last].sequences[place].take(
                    learned: counts[1], place: counts[2], task: row.fields[task],
                    accuracy: try table.number(row, accuracy) ?? .nan,
                    loss: try table.number(row, loss) ?? .nan)
            else {
                throw table.error(
                    line: row.line, expected: "sequences, tasks learned and places in order from 1",
                    found: numbers.map { row.fields[$0] }.joined(separator: ", "))
            }
        }
        guard methods.allSatisfy({ $0.sequences.allSatisfy(\.isWhole) }) else {
            throw table.error(
                line: table.rows.last?.line ?? 1, expected: "a row for each task learned before",
                found: "the end of a sequence")
        }
        return methods.map { name, sequences in
            SequenceRecord(method: Method(rawValue: name), scores: sequences.map(\.score))
        }
    }

    /// The rows of a sequence as they come.
    private struct Rows {
        private var ids: [String] = []
        private var accuracies: [[Double]] = []
        private var losses: [[Double]] = []

        /// Whether the last task learned has its row.
        var isWhole: Bool { accuracies.last?.count == accuracies.count }

        var score: SequenceScore {
            SequenceScore(ids: ids, accuracies: accuracies, losses: losses)
        }

        /// Takes a row; `false` when it is not the next one.
        mutating func take(
            learned: Double, place: Double, task: String, accuracy: Double, loss: Double
        ) -> Bool {
            if isWhole || accuracies.isEmpty {
                accuracies.append([])
                losses.append([])
            }
            let row = accuracies.count - 1
            guard learned == Double(row + 1), place == Double(accuracies[row].count + 1) else {
                return false
            }
            if accuracies[row].count == ids.count { ids.append(task) }
            guard ids[accuracies[row].count] == task else { return false }
            accuracies[row].append(accuracy)
            losses[row].append(loss)
            return true
        }
    }
}
