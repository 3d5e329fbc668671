public import Documents
private import EMGSignal

/// Collections given task by task.
public struct ListedTasks: DesignRule {
    /// The collections, no name twice.
    public var collections: [CollectionListing]

    /// Creates a design.
    public init(collections: [CollectionListing]) {
        self.collections = collections
    }

    /// A design whose collections are still to be set.
    public init() {
        self.init(collections: [])
    }

    /// The name in documents.
    public static let key = "lists"
    /// What it is.
    public static let documentation = "Collections given task by task."
    /// The members.
    public static let fields: Fields<Self> = [
        Field("collections", \.collections, listings, "The collections.", isRequired: true)
    ]

    private static let listings = FieldFormat<[CollectionListing]>(
        schema: {
            let listing = FieldFormat<CollectionListing>.object()
            return .list(of: listing.schema($0), count: 1 ... .max, isUnique: false)
        },
        read: { list throws(DocumentError) in
            var listings: [CollectionListing] = []
            for element in try list.array() {
                let listing = try CollectionListing(element)
                guard !listings.contains(where: { $0.name == listing.name }) else {
                    throw CollectionListing.fault(of: try element.object().required("name"))
                }
                listings.append(listing)
            }
            guard !listings.isEmpty else { throw list.error(expected: "at least one collection") }
            return listings
        },
        write: { FieldFormat<[CollectionListing]>.list(of: .object()).write($0) })

    /// The names given.
    public func folds(of input: DesignInput) throws(TaskError) -> [DesignFold] {
        try collections.mapThrowing { (listing) throws(TaskError) in
            try listing.fold(of: input)
        }
    }
}

extension DesignRule where Self == ListedTasks {
    /// Collections given task by task.
    public static func lists(_ collections: [CollectionListing]) -> ListedTasks {
        ListedTasks(collections: collections)
    }
}
