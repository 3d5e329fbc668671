/// Which split each task of a collection is in, looked up in the same time however many tasks
/// there are.
package struct SplitNames<ID: Hashable> {
    private var names: [ID: String] = [:]

    /// - Parameters:
    ///   - train: The tasks that are trained on.
    ///   - validation: The tasks that are selected by; every other task is tested on.
    package init(train: [ID], validation: [ID]) {
        names.reserveCapacity(train.count + validation.count)
        for id in validation { names[id] = "validation" }
        for id in train { names[id] = "train" }
    }

    /// The split's name.
    package subscript(id: ID) -> String { names[id] ?? "test" }
}

extension CollectionManifest.Partition {
    /// Which split each task is in; made once for a table of tasks.
    package var names: SplitNames<String> { SplitNames(train: train, validation: validation) }
}
