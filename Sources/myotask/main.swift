print("myotask")
