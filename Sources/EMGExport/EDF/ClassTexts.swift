internal import EMGSignal
import PrintableText

/// The texts by which classes are annotated.
struct ClassTexts {
    /// One a class; empty for those that are not annotated.
    let texts: [String]
    /// What is not as it was.
    let notes: [String]

    init(_ names: [String]) {
        var notes: [String] = []
        texts = names.enumerated().map { index, name in
            if name == LabelTrack.unlabeledName { return "" }
            let text = HeaderText.annotation(name)
            if text.allSatisfy({ $0 == " " }) {
                notes.append("class \(index) has no name: it is annotated as class \(index)")
                return "class \(index)"
            }
            if text.uppercased().hasPrefix("BAD") {
                notes.append(
                    "the class \(name) will be taken for a mark of bad samples by its name")
            }
            return text
        }
        self.notes = notes
    }
}
