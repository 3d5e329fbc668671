private import CSV
private import EMGSignal
private import Files
internal import Foundation

/// Predictions as text: `sample`, `time_s`, `class` (the likeliest), `output`, `state`, `velocity`,
/// and `p_CLASS` for each class.
struct CSVPredictionFile: PredictionFile {
    let head: PredictionHead

    init(_ head: PredictionHead) { self.head = head }

    func write(to url: URL, _ rows: inout PredictionRows) throws(PredictionFault) {
        try SequentialFile<PredictionFault>.write(to: url) { (file) throws(PredictionFault) in
            let titles =
                ["sample", "time_s", "class", "output", "state", "velocity"]
                + head.classes.map { "p_\($0)" }
            try file.append(CSVText.line(titles).utf8)
            let classes = head.classes.map { CSVText.field($0) }
            while try rows.next() {
                var text = ""
                for (row, decision) in rows.decisions.enumerated() {
                    let seconds = head.samplingRate.seconds(ofSamples: decision.sample)
                    let likeliest = decision.likeliestClass.map { classes[$0] } ?? ""
                    let output = decision.output.label.map { classes[$0] } ?? ""
                    text += "\(decision.sample),\(seconds),\(likeliest),\(output),"
                    text += "\(decision.output.state.rawValue),\(decision.output.velocity)"
                    for label in classes.indices {
                        text += ",\(rows.probabilities[row * classes.count + label])"
                    }
                    text += "\n"
                }
                try file.append(text.utf8)
            }
        }
    }
}
