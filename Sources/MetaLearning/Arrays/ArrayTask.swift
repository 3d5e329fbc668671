/// A task as arrays: rows of inputs and, for each, a row of targets or a class.
public struct ArrayTask: Sendable, Hashable {
    /// What a row's answer is.
    public enum Answers: Sendable, Hashable {
        /// Rows of numbers, all of one width.
        case targets([[Float]])
        /// A class for each row, from 0 on.
        case classes([UInt8])

        var count: Int {
            switch self {
            case .targets(let rows): rows.count
            case .classes(let classes): classes.count
            }
        }

        func part(_ range: Range<Int>) -> Answers {
            switch self {
            case .targets(let rows): .targets(Array(rows[range]))
            case .classes(let classes): .classes(Array(classes[range]))
            }
        }
    }

    /// Rows of numbers with their answers.
    public struct Part: Sendable, Hashable {
        /// Rows, all of one width.
        public let inputs: [[Float]]
        /// Their answers.
        package let answers: Answers

        /// Creates a part.
        ///
        /// - Parameters:
        ///   - inputs: Rows, all of one width, at least one.
        ///   - answers: As many.
        public init(_ inputs: [[Float]], _ answers: Answers) {
            self.inputs = inputs
            self.answers = answers
        }

        func part(_ range: Range<Int>) -> Part {
            Part(Array(inputs[range]), answers.part(range))
        }
    }

    /// Its name, for messages.
    public let id: String
    /// What the model adapts on.
    public let support: Part
    /// What it is evaluated on.
    public let query: Part

    /// A task with given parts.
    public init(id: String, support: Part, query: Part) {
        self.id = id
        self.support = support
        self.query = query
    }

    /// A task that is cut: the first rows are for adapting, the others for evaluation.
    ///
    /// - Parameters:
    ///   - id: Its name, for messages.
    ///   - inputs: Rows, all of one width, at least two.
    ///   - answers: As many.
    ///   - trainFraction: The fraction of rows for adapting, above 0 and below 1; rounded down, but
    ///     each part has a row.
    public init(id: String, inputs: [[Float]], answers: Answers, trainFraction: Double = 0.2) {
        precondition(
            inputs.count >= 2 && answers.count == inputs.count && trainFraction > 0
                && trainFraction < 1, "needs two rows with answers and a fraction between 0 and 1")
        let cut = min(inputs.count - 1, max(1, Int(Double(inputs.count) * trainFraction)))
        let whole = Part(inputs, answers)
        self.init(
            id: id, support: whole.part(0..<cut), query: whole.part(cut..<inputs.count))
    }
}
