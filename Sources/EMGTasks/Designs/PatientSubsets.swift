package import Documents
private import EMGSignal

/// A collection for each subset of so many training patients, with fixed test patients.
package struct PatientSubsets: DesignRule {
    /// How many patients train, each size at least 1.
    package var sizes: [Int]
    /// Patterns of the patients who are tested on.
    package var test: [String]

    /// Creates a design.
    package init(sizes: [Int], test: [String]) {
        self.sizes = sizes
        self.test = test
    }

    /// A design whose sizes and test patients are still to be set.
    package init() {
        self.init(sizes: [], test: [])
    }

    /// The name in documents.
    package static let key = "patient_subsets"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "A collection for each subset of so many training patients, with fixed test patients."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "test", \.test, .someNames("at least one name"), "The patients tested (patterns).",
            isRequired: true),
        Field(
            "sizes", \.sizes, .sizes, "How many patients train; each size in turn.",
            isRequired: true),
    ]

    /// `train-2-p1+p3` and so on.
    package func folds(of input: DesignInput) throws(TaskError) -> [DesignFold] {
        let tested = Set(try input.patients(fitting: test))
        let others = Set(input.tasks.map(\.patient)).subtracting(tested)
            .sorted(by: NaturalOrder.precedes)
        var folds: [DesignFold] = []
        for size in sizes {
            guard size <= others.count else {
                throw TaskError(
                    .tooFew(
                        what: "patients to train on", expected: size, found: others.count),
                    subject: input.subject, hint: "ask for smaller subsets in \"design.sizes\"")
            }
            var chosen = Array(0..<size)
            repeat {
                try input.checkRoom(for: folds)
                let names = chosen.map { others[$0] }
                let training = Set(names)
                let members = input.tasks.filter {
                    tested.contains($0.patient) || training.contains($0.patient)
                }
                var name = "train-\(size)-" + names.joined(separator: "+")
                if name.utf8.count > 100 { name = "train-\(size)-number\(folds.count + 1)" }
                folds.append(
                    try input.fold(name, of: members) { tested.contains($0.patient) })
            } while Self.advance(&chosen, below: others.count)
        }
        return folds
    }

    /// The next combination in lexicographic order; `false` after the last.
    private static func advance(_ chosen: inout [Int], below count: Int) -> Bool {
        let size = chosen.count
        guard let place = chosen.indices.last(where: { chosen[$0] < count - size + $0 }) else {
            return false
        }
        let first = chosen[place] + 1
        for index in place..<size { chosen[index] = first + index - place }
        return true
    }
}

extension DesignRule where Self == PatientSubsets {
    /// A collection for each subset of so many training patients, with fixed test patients
    /// (patterns).
    package static func patientSubsets(sizes: [Int], test: [String]) -> PatientSubsets {
        PatientSubsets(sizes: sizes, test: test)
    }
}

extension FieldFormat<[Int]> {
    /// Sizes of training sets.
    static var sizes: FieldFormat {
        .some(
            of: .integer(in: 1...1_000_000), "at least one size",
            repetition: "a size that stands once")
    }
}
