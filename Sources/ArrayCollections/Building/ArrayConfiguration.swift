package import Documents

/// The settings of `myotask arrays`: where samples and labels stand, what a sample is, and which
/// classes or tasks are for what.
package struct ArrayConfiguration: Described, Hashable {
    /// How numbers are scaled before a model sees them.
    package enum Normalization: String, Sendable, Hashable, CaseIterable {
        /// Not at all.
        case none
        /// Bytes from 0 to 255 become 0 to 1.
        case unit
        /// Less the mean, over the standard deviation of the training samples, for each channel.
        case standard
    }

    /// Of which classes quarter turns are classes of their own.
    package enum Rotations: String, Sendable, Hashable, CaseIterable {
        case none
        case train
        case all
    }

    /// Where the channels of images and signals stand in the sources.
    package enum Axes: String, Sendable, Hashable, CaseIterable {
        case first
        case last
    }

    /// Where the samples stand; `nil` for the only dataset that they can be.
    package var samples: String?
    /// Where the class of each sample stands; `nil` for folders, and for a regression.
    package var labels: String?
    /// The names of class numbers.
    package var names: String?
    /// Where the group of each sample stands.
    package var groups: String?
    /// The names of group numbers.
    package var groupNames: String?
    /// Where the task of each row stands; `nil` for classes.
    package var task: String?
    /// Columns or datasets that are a row's inputs.
    package var inputs: [String] = []
    /// Columns or datasets that a regression puts out.
    package var targets: [String] = []
    /// What a sample is; `nil` for what its shape says.
    package var kind: ArraySample.Kind?
    /// Where channels stand; `nil` for last in images and first in signals.
    package var channels: Axes?
    /// What is done to images.
    package var image = ImageSettings()
    /// How numbers are scaled; `nil` for `unit` of bytes and `none` of other numbers.
    package var normalization: Normalization?
    /// How targets are scaled.
    package var targetNormalization = Normalization.none
    /// Of which classes quarter turns are classes of their own.
    package var rotations = Rotations.none
    /// Which rows of a task are its support.
    package var support = SupportShare.fraction(0.2)
    /// Which classes or tasks are for what.
    package var split = ArraySplit()

    /// Classes of folders or of a dataset, drawn by chance.
    package init() {}

    /// The members of a document.
    package static let fields: Fields<Self> = [
        Field(
            optional: "samples", \.samples, .text,
            "The dataset of an HDF5 file, or the array of an .npz, that has the samples along its "
                + "first axis; the only one it can be when left out."),
        Field(
            optional: "labels", \.labels, .text,
            "The class of each sample: a dataset of numbers or texts, an array of an .npz, a column "
                + "of a table, or a file beside an .npy (.npy, or .txt with a line each). The folder "
                + "an image lies in when left out."),
        Field(
            optional: "names", \.names, .text,
            "The names of class numbers from 0 on: a dataset, an array or a text file."),
        Field(
            optional: "groups", \.groups, .text,
            "What each sample's class belongs to, such as an alphabet, in the same forms as "
                + "`labels`; the folder above that of an image when left out."),
        Field(
            optional: "group_names", \.groupNames, .text, "The names of group numbers from 0 on."),
        Field(
            optional: "task", \.task, .text,
            "The task of each row of a regression, in the same forms as `labels`; nothing for "
                + "classes."),
        Field(
            "inputs", \.inputs, .oneOrMore(of: .text),
            "The inputs of a row in order: columns of a table, or datasets with a number for each "
                + "row. Of a table all columns that have no other use when left out."),
        Field(
            "targets", \.targets, .oneOrMore(of: .text),
            "What a regression puts out: columns, or datasets with a number or a list of them for "
                + "each row. Nothing for classes."),
        Field(
            optional: "kind", \.kind, .choice,
            "What a sample is. When left out, of 1 axis a vector; of 2 an image of bytes or else a "
                + "signal; of 3 an image."),
        Field(
            optional: "channels", \.channels, .choice,
            "Whether the channels are the `first` or `last` axis of a sample in the source; last "
                + "of images and first of signals when left out."),
        Field(object: "image", \.image, "What is done to images before they are stored."),
        Field(
            optional: "normalization", \.normalization, .choice,
            "How numbers are scaled on reading: `unit` takes bytes from 0 to 1, `standard` takes "
                + "away the mean and divides by the standard deviation of the training classes' or "
                + "tasks' samples, for each channel (each number of a vector); `none`. Unit of "
                + "bytes, none of other numbers when left out."),
        Field(
            "target_normalization", \.targetNormalization, .choice(among: [.none, .standard]),
            "The same of each target, over the rows of training tasks; R² does not change by it, "
                + "losses are then in standard deviations."),
        Field(
            "rotations", \.rotations, .choice,
            "Of which classes quarter turns are classes of their own, in the same split: of `none`, "
                + "of those of training (`train`) or of `all`. Samples must be square images."),
        Field(
            "support", \.support, .supportShare,
            "How many of a task's first rows are its support: a share below 1, or a number of rows; "
                + "each part has at least one. Training settings may draw rows instead."),
        Field(object: "split", \.split, "Which classes or tasks are for what."),
    ]

    /// Refuses what excludes each other.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        guard (task == nil) == targets.isEmpty else {
            throw object.cursor.error(
                expected: "a regression with task and targets, or classes with neither",
                found: task == nil ? "targets alone" : "a task alone",
                hint: "name the column of the task and those of the targets")
        }
        if task != nil, labels != nil, let place = object.optional("labels") {
            throw place.error(
                expected: "no labels beside a task", hint: "a regression has tasks and no classes")
        }
    }
}

/// How many of a task's first rows are its support.
package enum SupportShare: Sendable, Hashable {
    /// A share, above 0 and below 1, rounded down.
    case fraction(Double)
    /// Rows, at least 1.
    case rows(Int)

    /// How many of some rows, at least two; each part has one.
    package func count(of rows: Int) -> Int {
        let wanted =
            switch self {
            case .fraction(let share): Int(Double(rows) * share)
            case .rows(let count): count
            }
        return min(rows - 1, max(1, wanted))
    }
}

extension FieldFormat<SupportShare> {
    static var supportShare: FieldFormat {
        FieldFormat(
            .number(minimum: 0, maximum: nil, above: true),
            read: { cursor throws(DocumentError) in
                let number = try cursor.positive("a share below 1, or a number of rows")
                if number < 1 { return .fraction(number) }
                return .rows(try cursor.integer(in: 1...1 << 40))
            },
            write: {
                switch $0 {
                case .fraction(let share): .number(share)
                case .rows(let count): .integer(count)
                }
            })
    }
}

/// What is done to images before they are stored.
package struct ImageSettings: Described, Hashable {
    /// Whether images have color.
    package enum Color: String, Sendable, Hashable, CaseIterable {
        /// As they are, which must be the same of all.
        case keep
        /// Shades of gray.
        case gray
        /// Red, green and blue.
        case color
    }

    /// Rows and columns; `nil` for those of the images.
    package var size: [Int]?
    /// Whether black and white change places.
    package var inverts = false
    /// Whether images have color.
    package var color = Color.keep

    /// Images as they are.
    package init() {}

    /// The members of a document.
    package static let fields: Fields<Self> = [
        Field(
            optional: "size", \.size, .imageSize,
            "Rows and columns, or one number for both, that every image is brought to: each new "
                + "pixel is the mean of what it covers. As they are when left out, and then all of "
                + "one size."),
        Field(
            "invert", \.inverts, .boolean,
            "Whether black and white change places as images are read from the collection, so that "
                + "dark strokes on white paper are high numbers on 0."),
        Field(
            "color", \.color, .choice,
            "`keep` images as they are, all of one kind, or make them `gray` or `color`."),
    ]
}

extension FieldFormat<[Int]> {
    static var imageSize: FieldFormat {
        let side = FieldFormat<Int>.integer(in: 1...16_384)
        let list = FieldFormat<[Int]>.list(of: side, count: 2...2)
        return FieldFormat(
            schema: { .either([side.schema($0), list.schema($0)]) },
            read: { cursor throws(DocumentError) in
                guard case .array = cursor.value.content else {
                    let size = try side.read(cursor)
                    return [size, size]
                }
                return try list.read(cursor)
            },
            write: list.write)
    }
}
