package import Documents
private import SeededRandom

/// Which classes or tasks are for what.
package struct ArraySplit: Described, Hashable {
    /// What is divided.
    package enum Basis: String, Sendable, Hashable, CaseIterable {
        /// Classes, or tasks of a regression, one by one.
        case member = "class"
        /// Groups, each with all its classes.
        case group
        /// By the value of a column or dataset.
        case column
        /// By the source that samples come from.
        case source
    }

    /// What of them is for something.
    package enum Part: Sendable, Hashable {
        /// These, by their names.
        case names([String])
        /// A share below 1 of all, or a number of them, drawn by the seed.
        case share(Double)
    }

    /// What is divided; `nil` for a column when there is one, and else classes.
    package var basis: Basis?
    /// The column or dataset.
    package var column: String?
    /// What is for training; `nil` for the rest.
    package var train: Part?
    /// What models are chosen by; `nil` for none, or a tenth of all when nothing else is said.
    package var validation: Part?
    /// What models are evaluated on; `nil` for none, or a fifth of all when nothing else is said.
    package var test: Part?
    /// What is drawn from.
    package var seed = SeededGenerator.defaultSeed

    /// By chance.
    package init() {}

    /// The members of a document.
    package static let fields: Fields<Self> = [
        Field(
            optional: "by", \.basis, .choice,
            "What is divided: each `class` (task of a regression), each `group` with all its classes, "
                + "by the value of a `column`, or by the `source` that samples come from. A column "
                + "when one is named, else classes."),
        Field(
            optional: "column", \.column, .text,
            "A column, dataset or array that says for each sample what it is for; the same for all "
                + "samples of a class. Words such as train, background, val, test and evaluation "
                + "are understood, and so is 1 for training and 0 for testing; others are "
                + "named below."),
        Field(
            optional: "train", \.train, .splitPart,
            "What is for training: names of classes, groups, values or sources; all the rest when "
                + "left out."),
        Field(
            optional: "validation", \.validation, .splitPart,
            "What models are chosen by: names, or a share below 1 or a number, drawn by the seed. "
                + "Beside names for testing, or with a column or source, a share is taken of what is "
                + "for training. A tenth when neither names nor a column are given, else none."),
        Field(
            optional: "test", \.test, .splitPart,
            "What models are evaluated on: names, or a share below 1 or a number. A fifth when "
                + "neither names nor a column are given, else none."),
        Field("seed", \.seed, .seed, "What shares are drawn by."),
    ]

    /// Refuses what excludes each other.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        if column != nil, let basis, basis != .column, let place = object.optional("by") {
            throw place.error(
                expected: "column, which is named", found: basis.rawValue,
                hint: "leave out one of by and column")
        }
        if basis == .column, column == nil, let place = object.optional("by") {
            throw place.error(
                expected: "the name of the column beside it",
                hint: "write for example column: background")
        }
        if case .share = train, let place = object.optional("train") {
            throw place.error(
                expected: "names",
                hint: "say how much is for validation and test: training is the rest")
        }
    }

    /// What is divided, when all is said.
    var effectiveBasis: Basis { basis ?? (column == nil ? .member : .column) }
}

extension FieldFormat<ArraySplit.Part> {
    static var splitPart: FieldFormat {
        let names = FieldFormat<[String]>.list(of: .name)
        return FieldFormat(
            schema: {
                .either([
                    names.schema($0), .text, .number(minimum: 0, maximum: nil, above: false),
                ])
            },
            read: { cursor throws(DocumentError) in
                switch cursor.value.content {
                case .array: return .names(try names.read(cursor))
                case .string(let text): return .names([text])
                default:
                    let number = try cursor.number(in: 0...1e12)
                    guard number < 1 || number == number.rounded() else {
                        throw cursor.error(expected: "a share below 1, a whole number, or names")
                    }
                    return .share(number)
                }
            },
            write: {
                switch $0 {
                case .names(let list): .strings(list)
                case .share(let number): number < 1 ? .number(number) : .integer(Int(number))
                }
            })
    }
}
