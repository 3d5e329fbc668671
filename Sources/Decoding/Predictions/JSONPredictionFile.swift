private import Files
internal import Foundation

/// Predictions as lines of JSON, the same bytes as decoding the same samples writes.
struct JSONPredictionFile: PredictionFile {
    let head: PredictionHead

    init(_ head: PredictionHead) { self.head = head }

    func write(to url: URL, _ rows: inout PredictionRows) throws(PredictionFault) {
        let classCount = head.classes.count
        var lines = DecisionJSON(classNames: head.classes, hasStamps: false)
        try SequentialFile<PredictionFault>.write(to: url) { (file) throws(PredictionFault) in
            while try rows.next() {
                let probabilities = rows.probabilities
                for (row, decision) in rows.decisions.enumerated() {
                    lines.append(
                        DecisionRecord(decision: decision, cause: nil, arrival: 0, decided: 0),
                        probabilities.span.extracting(row * classCount..<(row + 1) * classCount))
                }
                try file.append(lines.bytes)
                lines.removeAll()
            }
        }
    }
}
