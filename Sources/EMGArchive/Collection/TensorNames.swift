/// The names in a collection's tensor file; `schemas/task-collection.md` says what each means.
enum TensorNames {
    static let format = "myotask.collection-tensors"
    static let formatVersion = 1

    static let signal = "emg"
    static let support = "support"
    static let query = "query"
    static let earlier = "earlier"
    static let starts = "start"
    static let labels = "label"
    static let targets = "target"
    static let grid = "grid"
}
