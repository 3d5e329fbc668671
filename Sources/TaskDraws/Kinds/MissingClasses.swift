package import Documents
package import SeededRandom

/// Classes that the support does not show and the query has all the same.
package struct MissingClasses: TaskVariation {
    /// How many classes are missing; one of the numbers is drawn.
    package var missing: ClosedRange<Int>?
    /// How many classes are shown; one of the numbers is drawn.
    package var shown: ClosedRange<Int>?

    /// Creates a variation by what is missing.
    package init(missing: ClosedRange<Int>) { self.missing = missing }

    /// Creates a variation by what is shown.
    package init(shown: ClosedRange<Int>) { self.shown = shown }

    /// A variation whose measure is still to be set.
    package init() {}

    /// The name in documents.
    package static let key = "missing_classes"
    /// What it is.
    package static let documentation =
        "The support has no window of some classes, which the query is evaluated on all the same; "
        + "one class at least is shown."
    /// The members.
    package static let fields = Fields<Self>(
        [
            Field(
                optional: "missing", \.missing, .count(in: 0...255),
                "How many classes are missing: a number, or [least, most] of which one is drawn.",
                absence: .leftOut),
            Field(
                optional: "shown", \.shown, .count(in: 1...256),
                "How many classes are shown, instead.", absence: .leftOut),
        ], rules: [.atMostOne(["missing", "shown"])])

    /// Refuses a variation that says both or nothing.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        guard (missing == nil) == (shown == nil) else { return }
        throw object.cursor.error(
            expected: "either \"missing\" or \"shown\"", found: missing == nil ? "neither" : "both",
            hint: "shown: 1 leaves one class in the support")
    }

    /// Draws the classes.
    package func vary(
        _ draw: inout TaskDraw, of task: TaskShape, using generator: inout SeededGenerator
    ) {
        let present = task.shownClasses.filter { !draw.missing.contains($0) }
        let wanted =
            missing.map { generator.count(in: $0) }
            ?? present.count - generator.count(in: shown ?? 1...1)
        let count = min(wanted, present.count - 1)
        guard count > 0 else { return }
        draw.missing = (draw.missing + generator.sample(count, of: present)).sorted()
    }
}
