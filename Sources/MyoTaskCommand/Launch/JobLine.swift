import Launching

/// How far a job is in one line: on a terminal the line is replaced, elsewhere there is a new one
/// when something has changed.
struct JobLine {
    private var last = ""

    /// Shows how far a job is, unless that was shown already.
    mutating func show(_ status: JobStatus) {
        let text = status.text
        guard text != last else { return }
        last = text
        if Console.isTerminal {
            Console.progress(text)
        } else {
            Console.note(text)
        }
    }

    /// Clears the line.
    func end() { Console.endProgress() }
}
