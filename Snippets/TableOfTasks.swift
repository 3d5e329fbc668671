// Meta-training on a table of tasks in one call.

import Foundation
import MyoTask

let collection = try ArrayCollection.open(URL(filePath: "sensors.json"))
let trained = try MAML.train(
    model: ModelDefinitions.mlp(hidden: [40, 40]), tasks: collection.tasks(in: .train),
    validation: collection.tasks(in: .validation))
for task in try collection.tasks(in: .test) {
    let values = try trained.predict(task.query.inputs, after: task.support)
    print("\(task.id): \(values[0])")
}
