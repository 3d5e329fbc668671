package import Documents
private import EMGSignal

/// Collections given task by task.
package struct ListedTasks: DesignRule {
    /// The collections, no name twice.
    package var collections: [CollectionListing]

    /// Creates a design.
    package init(collections: [CollectionListing]) {
        self.collections = collections
    }

    /// A design whose collections are still to be set.
    package init() {
        self.init(collections: [])
    }

    /// The name in documents.
    package static let key = "lists"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Collections given task by task."
    /// The members.
    package static let fields: Fields<Self> = [
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
    package func folds(of input: DesignInput) throws(TaskError) -> [DesignFold] {
        try collections.mapThrowing { (listing) throws(TaskError) in
            try listing.fold(of: input)
        }
    }
}

extension DesignRule where Self == ListedTasks {
    /// Collections given task by task.
    package static func lists(_ collections: [CollectionListing]) -> ListedTasks {
        ListedTasks(collections: collections)
    }
}
