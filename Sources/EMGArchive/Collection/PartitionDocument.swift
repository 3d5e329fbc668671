import Documents
import PrintableText

/// The member `splits` of a manifest: lists of the ids of its tasks.
struct PartitionDocument: Described {
    var partition: CollectionManifest.Partition
    /// The ids of the tasks.
    private let known: Set<String>
    /// Where each id stands that was read.
    private var places: [String: String] = [:]

    init() {
        self.init(CollectionManifest.Partition(train: [], validation: [], test: []))
    }

    init(_ partition: CollectionManifest.Partition) {
        self.partition = partition
        known = []
    }

    /// Lists of tasks that are still to be read.
    init(of tasks: [CollectionManifest.Entry]) {
        partition = CollectionManifest.Partition(train: [], validation: [], test: [])
        known = Set(tasks.map(\.id))
    }

    static let fields: Fields<Self> = [
        list("train", \.partition.train, "What is trained on."),
        list("validation", \.partition.validation, "What is selected by."),
        list("test", \.partition.test, "What is tested on."),
    ]

    private static func list(
        _ key: String, _ path: any WritableKeyPath<Self, [String]> & Sendable,
        _ documentation: String
    ) -> Field<Self> {
        Field(
            key, schema: { _ in .list(of: .text, count: 0 ... .max, isUnique: true) },
            documentation, isRequired: true,
            read: { cursor, document throws(DocumentError) in
                let ids = try document.ids(cursor)
                document[keyPath: path] = ids
            },
            write: { .strings($0[keyPath: path]) })
    }

    private mutating func ids(_ list: DocumentCursor) throws(DocumentError) -> [String] {
        var ids: [String] = []
        for cursor in try list.array() {
            let id = try cursor.string()
            guard known.contains(id) else {
                throw cursor.error(
                    expected: "the id of a task",
                    hint: known.count <= 50
                        ? Spelling.suggestion(for: id, among: known.sorted())
                        : "no task has this id")
            }
            if let first = places.updateValue(cursor.path, forKey: id) {
                throw cursor.error(
                    expected: "an id that stands in one list only", found: "the id of \(first)",
                    hint: "what is trained on cannot be tested on")
            }
            ids.append(id)
        }
        return ids
    }
}
